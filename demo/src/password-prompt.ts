import { byId, setText } from './dom.ts';

/** Asks for the password of a room. */
export class PasswordPrompt {
  readonly #dialog = byId('password-prompt', HTMLDialogElement);
  readonly #sentence = byId('password-sentence', HTMLParagraphElement);
  readonly #password = byId('password', HTMLInputElement);
  #onPassword = (_: string) => {};

  constructor() {
    byId('password-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#password.value === '') return;
      this.#dialog.close();
      this.#onPassword(this.#password.value);
    });
    byId('no-password', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
  }

  ask(sentence: string, isWrong: boolean, onPassword: (password: string) => void): void {
    this.#onPassword = onPassword;
    this.#password.value = '';
    setText(this.#sentence, sentence);
    this.#password.setAttribute('aria-invalid', `${isWrong}`);
    this.#dialog.showModal();
  }
}
