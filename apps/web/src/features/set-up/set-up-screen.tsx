import type { ReactNode } from 'react';
import { PageHeader } from '../../components/page-header.js';
import { useTexts } from '../../texts/use-texts.js';

export function SetUpScreen(): ReactNode {
  return <PageHeader title={useTexts().setUp.title} />;
}
