export async function runHost(): Promise<void> {}
