import { notifications } from '@mantine/notifications';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** Says that a git provider is configured, where the dialog that says so closes. */
export function useConfiguredNotice(): (name: string, username: string) => void {
  const { configuration, signIn } = useTextsOf(connectionsTexts);
  return (name, username) => {
    notifications.show({
      color: 'green',
      title: configuration.saved(name),
      message: signIn.succeeded.message(username),
    });
  };
}
