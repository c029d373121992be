import { byId } from './dom.ts';

const MAX_LINES = 200;

/** What is said, and what happens in the room. */
export class Chat {
  readonly #log = byId('log', HTMLOListElement);
  readonly #text = byId('text', HTMLInputElement);

  constructor(onSay: (text: string) => void) {
    byId('say', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.#text.value.trim();
      if (text === '') return;
      this.#text.value = '';
      onSay(text);
    });
  }

  clear(): void {
    this.#log.replaceChildren();
  }

  say(name: string, text: string): void {
    const who = document.createElement('b');
    who.textContent = `${name}: `;
    this.#add('', who, text);
  }

  tell(text: string): void {
    this.#add('news', text);
  }

  #add(kind: string, ...content: (string | Node)[]): void {
    const line = document.createElement('li');
    line.className = kind;
    line.append(...content);
    this.#log.append(line);
    if (this.#log.childElementCount > MAX_LINES) this.#log.firstElementChild?.remove();
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}
