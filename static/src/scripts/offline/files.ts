// Documents that wait go out from whatever page is open; only pages where some wait load what it takes.
import { client } from "./client";

export async function sendFiles(): Promise<void> {
  if (!client.isOurs || !(await client.unsent()).files) return;
  const { wake } = await import("../filling/evidence_queue");
  await wake();
}
