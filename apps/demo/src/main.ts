import { startDemo } from './demo.js';
const t = Date.now();
const demo = await startDemo({ today: new Date(), onProgress: (w) => console.log(w, Date.now() - t) });
console.log(demo.url, Date.now() - t);
for (const [n, v] of Object.entries(demo.visitors)) {
  const syncs = (await v.api.GET('/syncs')).items;
  console.log(
    n,
    JSON.stringify(
      syncs.map((s) => ({
        state: s.state,
        t: s.tasks.map((t) => [t.state, t.repositories, t.omitted, t.error]),
      })),
      null,
      0,
    ),
  );
  console.log((await v.api.GET('/git-providers')).items.map((i) => JSON.stringify(i)).join('\n'));
}
await demo.close();
