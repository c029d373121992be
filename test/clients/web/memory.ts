import type { TextStorage } from '../../../clients/web/src/index.ts';

/** A `sessionStorage` with one entry. */
export class Memory implements TextStorage {
  constructor(private text: string | null = null) {}

  getItem(): string | null {
    return this.text;
  }

  setItem(_: string, text: string): void {
    this.text = text;
  }

  /** As a browser copies it when somebody duplicates a tab. */
  copy(): Memory {
    return new Memory(this.text);
  }
}
