// A short soft tone for a new message, made here: no file, nothing to load.

/** Two notes, hertz; how loud, how long, seconds. */
const NOTES = [659.25, 987.77];
const STEP = 0.09;
const LENGTH = 0.32;
const LOUDNESS = 0.06;
/** Many messages at once, and many tabs of one browser, make one tone: milliseconds. */
const REST = 1_500;
const LAST = "skvorets.tone";

/** @type {AudioContext | null} */
let context = null;

/** Play it, unless it was played just now. Browsers allow no sound before the first touch of the page. */
export async function playTone() {
  const last = Number(localStorage.getItem(LAST) ?? 0);
  if (Math.abs(Date.now() - last) < REST || !navigator.userActivation?.hasBeenActive) return;
  localStorage.setItem(LAST, String(Date.now()));
  context ??= new AudioContext();
  if (context.state === "suspended") await context.resume().catch(() => {});
  const { currentTime, destination } = context;
  for (const [number, pitch] of NOTES.entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const begin = currentTime + number * STEP;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + LENGTH);
    tone.connect(volume).connect(destination);
    tone.start(begin);
    tone.stop(begin + LENGTH);
  }
}
