/** Prints the progress of a long test after each tenth of `total`. Call the returned function after each step. */
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
