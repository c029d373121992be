import { createHash } from 'node:crypto';

export interface StorageId {
  collection: string;
  key: string;
  userId: string;
}

export interface StorageWrite extends StorageId {
  value: object;
  /** '*': only if there is none yet; else only if it is still this version. */
  version?: string;
}

const keyOf = ({ collection, key, userId }: StorageId) => `${collection}/${key}/${userId}`;

/** Nakama's storage, as far as versions go (server/core_storage.go). */
export class Storage {
  private readonly records = new Map<string, StorageId & { value: object; version: string }>();

  read(ids: StorageId[]) {
    return ids.flatMap((id) => this.records.get(keyOf(id)) ?? []);
  }

  write(records: StorageWrite[]) {
    return records.map(({ collection, key, userId, value, version }) => {
      const id = { collection, key, userId };
      const stored = this.records.get(keyOf(id));
      const isStale = version && (version === '*' ? stored !== undefined : stored?.version !== version);
      if (isStale) {
        throw new Error('failed to write storage objects: Storage write rejected - version check failed.');
      }
      const text = JSON.stringify(value);
      const written = {
        ...id,
        value: JSON.parse(text),
        version: createHash('md5').update(text).digest('hex'),
      };
      this.records.set(keyOf(id), written);
      return { ...id, version: written.version };
    });
  }
}
