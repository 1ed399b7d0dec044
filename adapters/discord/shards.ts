// The library's connections, with one promise more: what was destroyed never connects again.
import { SimpleShardingStrategy } from "discord.js";

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/**
 * A connection destroyed while it is being opened takes that for a failure, and tries again twice a second, for ever and
 * out of anybody's reach (@discordjs/ws 1.2, `waitForEvent`). Each try asks for the last session before it connects;
 * after the end that question is never answered.
 */
export class Shards extends SimpleShardingStrategy {
  #isDestroyed = false;

  constructor(manager: Manager) {
    super(manager);
    const { options } = manager;
    const lastSession = options.retrieveSessionInfo.bind(options);
    options.retrieveSessionInfo = (shard) =>
      this.#isDestroyed ? new Promise<null>(() => undefined) : lastSession(shard);
  }

  override async spawn(shards: number[]): Promise<void> {
    // Whoever connects begins with a destroy, in case there were others before.
    this.#isDestroyed = false;
    await super.spawn(shards);
  }

  override async destroy(options?: Parameters<SimpleShardingStrategy["destroy"]>[0]): Promise<void> {
    this.#isDestroyed = true;
    await super.destroy(options);
  }
}
