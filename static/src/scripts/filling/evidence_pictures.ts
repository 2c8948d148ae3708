// Pictures as they are sent: small enough for a slow line, and without the place where they were taken.
const LONGEST_SIDE = 2000;
const QUALITY = 0.8;
// A drawing or a screenshot keeps its sharp letters where that costs little.
const LARGEST_PNG = 500_000;
const PICTURE = /^image\//;
const BY_NAME = /\.(jpe?g|png|webp|heic|heif|avif|gif|bmp)$/i;

/** Documents, and pictures that this browser cannot open, stay as they are. */
export async function prepared(file: File): Promise<File> {
  if (!PICTURE.test(file.type) && !BY_NAME.test(file.name)) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    try {
      return await drawn(bitmap, file);
    } finally {
      bitmap.close();
    }
  } catch {
    return file;
  }
}

async function drawn(bitmap: ImageBitmap, file: File): Promise<File> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  if (file.type === "image/png" && scale === 1) {
    const sharp = await encoded(bitmap, width, height, "image/png");
    if (sharp.size <= LARGEST_PNG) return new File([sharp], named(file.name, ".png"), { type: "image/png" });
  }
  const blob = await encoded(bitmap, width, height, "image/jpeg");
  return new File([blob], named(file.name, ".jpg"), { type: "image/jpeg" });
}

async function encoded(bitmap: ImageBitmap, width: number, height: number, type: string): Promise<Blob> {
  const canvas = canvasOf(width, height);
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (!pen) throw new Error("no canvas");
  if (type === "image/jpeg") {
    // What is see-through would turn black.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
  }
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, width, height);
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type, quality: QUALITY });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), type, QUALITY),
  );
}

function canvasOf(width: number, height: number): HTMLCanvasElement | OffscreenCanvas {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

function named(name: string, ending: string): string {
  return name.replace(/\.[^.]*$/, "") + ending;
}

/** "" where the browser gives pages without HTTPS no such thing. */
export async function sha256(blob: Blob): Promise<string> {
  if (!globalThis.crypto?.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
