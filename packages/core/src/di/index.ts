export { registerProvider, registerProviderRegistry } from './register.js';
export { ProviderRegistry } from './registry.js';
export { PROVIDER_PLUGIN, PROVIDER_REGISTRY } from './tokens.js';
