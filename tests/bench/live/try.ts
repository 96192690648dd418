import { contenders, type Contender } from './dialect.ts';
import { typingCases, openingCases, crash, memory } from './cases.ts';
import { readWorld } from './world.ts';
const seeded='/tmp/benchworld'; const world=readWorld(seeded);
const setting={world,seeded,scratch:'/tmp/benchscratch',seconds:Number(process.env.SEC??4)};
const which=process.argv[2]!; const who=(process.argv[3]?.split(',')??contenders) as Contender[];
const all: Record<string, (s: typeof setting, c: Contender)=>Promise<unknown>> = {...typingCases,...openingCases,crash,memory};
for (const name of Object.keys(all).filter(n=>n.startsWith(which))) for (const c of who) {
 const t=Date.now(); console.log(name,c,JSON.stringify(await all[name]!(setting,c)),Date.now()-t);
}
