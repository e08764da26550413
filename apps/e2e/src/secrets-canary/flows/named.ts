/** @throws Error with the name of the flow, when it fails: what it would have put secrets through was not */
export async function named<T>(flow: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The flow “${flow}” failed. ${reason}`, { cause: error });
  }
}
