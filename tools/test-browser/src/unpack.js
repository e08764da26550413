// @ts-check
/** Unpacks the package's archives into the temporary folder of this process. */
import { inflate } from '@sparticuz/chromium';
import { join } from 'node:path';
import { packageFolder } from './package-folder.js';

/** The browser itself; its letters; what draws without a graphics card; the libraries that a bare system lacks. */
const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];

for (const archive of archives) await inflate(join(packageFolder, 'bin', archive));
