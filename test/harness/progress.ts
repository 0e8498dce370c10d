/** Tells how far a test is that takes minutes, after each tenth of `total`. What it returns is told of each step. */
export function progress(what: string, total: number): () => void {
  const began = Date.now();
  let done = 0;
  return () => {
    done += 1;
    const tenths = Math.floor((done * 10) / total);
    if (tenths === Math.floor(((done - 1) * 10) / total)) return;
    console.info(`${done} of ${total} ${what}, after ${Math.round((Date.now() - began) / 1000)} s`);
  };
}
