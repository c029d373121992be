/** Every reason this server gives for a no; stable, so that clients may branch on them. */
export type RefusalCode = 'bad-request' | 'busy' | 'host-left' | 'links-pending' | 'match-full' | 'match-not-found' | 'match-sealed' | 'not-host' | 'not-invited' | 'too-few-players' | 'too-many-rooms' | 'version-mismatch' | 'version-required';
/** A no, as a value: the code for programs, the sentence for people. */
export interface Refusal {
    readonly code: RefusalCode;
    readonly sentence: string;
}
export declare function refuse(code: RefusalCode, sentence: string): Refusal;
/** `code: sentence`, the one form in which clients see a refusal of a join or of an RPC. */
export declare function refusalText({ code, sentence }: Refusal): string;
