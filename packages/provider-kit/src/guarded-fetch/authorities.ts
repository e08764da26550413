import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';

const certificates = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * Whom to believe when a server shows its certificate: the authorities that the runtime believes, and more.
 *
 * The runtime tells which ones it believes since Node 22.15, `NODE_EXTRA_CA_CERTS` included; an older one only those it
 * brings along.
 *
 * @param pem certificates in PEM, several in one text if need be
 * @throws TypeError for a text without a certificate, or with one that cannot be read
 */
export function trustAlso(pem: string | readonly string[]): tls.SecureContext {
  const added = [pem].flat().flatMap(readCertificates);
  return tls.createSecureContext({ ca: [...defaultAuthorities(), ...added] });
}

function readCertificates(text: string): readonly string[] {
  const found = text.match(certificates) ?? [];
  if (found.length === 0)
    throw new TypeError('There is no certificate in PEM among the additional authorities.');
  for (const certificate of found) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw new TypeError('One of the additional authorities has a certificate that cannot be read.');
    }
  }
  return found;
}

function defaultAuthorities(): readonly string[] {
  if (!('getCACertificates' in tls) || typeof tls.getCACertificates !== 'function')
    return tls.rootCertificates;
  const told: unknown = Reflect.apply(tls.getCACertificates, tls, ['default']);
  return Array.isArray(told) ? told.filter((one) => typeof one === 'string') : tls.rootCertificates;
}
