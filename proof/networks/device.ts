import type { Home } from './home.ts';
import { shell } from './internet.ts';

let made = 0;

/** What somebody plays on: a namespace in one home at a time. */
export class Device {
  private interfaces = 0;

  private constructor(readonly name: string) {}

  static async at(home: Home): Promise<Device> {
    const device = new Device(`device${process.env.JEST_WORKER_ID ?? 1}-${++made}`);
    await shell(`ip netns add ${device.name}; ip -n ${device.name} link set lo up`);
    await device.enter(home);
    return device;
  }

  /** Out of one network and into another, with another address. */
  async moveTo(home: Home): Promise<void> {
    await shell(`ip -n ${this.name} link del net${this.interfaces}`);
    await this.enter(home);
  }

  async remove(): Promise<void> {
    await shell(`ip netns del ${this.name}`);
  }

  private async enter(home: Home): Promise<void> {
    const { own, router } = home.invite();
    const net = `net${++this.interfaces}`;
    const port = `to${own.split('.').at(-1)}`;
    await shell(`
      ip -n ${home.name} link add ${port} type veth peer name ${net} netns ${this.name}
      ip -n ${home.name} link set ${port} master lan up
      ip -n ${this.name} address add ${own}/24 dev ${net}
      ip -n ${this.name} link set ${net} up
      ip -n ${this.name} route add default via ${router}`);
  }
}
