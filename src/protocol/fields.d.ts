/** The JSON object that `text` holds, or null: for an array, a number, or no JSON at all. */
export declare function parseObject(text: string): Record<string, unknown> | null;
export declare function isNonEmptyString(value: unknown): value is string;
