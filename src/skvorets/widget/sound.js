// A short tone for a new message; off until the visitor wants it.

/** @typedef {{ isOn: boolean, toggle: () => void, play: () => void }} Sound */

/**
 * @param {import("./state/types.js").Memory} memory
 * @returns {Sound}
 */
export function makeSound(memory) {
  /** @type {AudioContext | undefined} */
  let context;
  function play() {
    if (!sound.isOn) return;
    context ??= new AudioContext();
    const { currentTime: now } = context;
    const tone = context.createOscillator();
    const level = context.createGain();
    tone.frequency.setValueAtTime(660, now);
    tone.frequency.setValueAtTime(880, now + 0.09);
    level.gain.setValueAtTime(0.08, now);
    level.gain.exponentialRampToValueAtTime(0.001, now + 0.3);
    tone.connect(level).connect(context.destination);
    tone.start(now);
    tone.stop(now + 0.3);
  }
  const sound = {
    isOn: memory.get("sound") === true,
    toggle: () => {
      sound.isOn = !sound.isOn;
      memory.set("sound", sound.isOn || null);
      play();
    },
    play,
  };
  return sound;
}
