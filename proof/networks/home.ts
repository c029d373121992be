import { shell } from './internet.ts';

/**
 * What a router does to those behind it: nothing; gives each of their addresses one of its own, for whomever they call
 * (`ordinary`); or another for everybody whom they call (`symmetric`), so that nobody can tell others where to call.
 */
export type Nat = 'none' | 'ordinary' | 'symmetric';

const MASQUERADE = { none: '', ordinary: 'masquerade', symmetric: 'masquerade random' };

/** Each process that plays scenarios has numbers of its own. */
const PER_WORKER = 60;
let made = Number(process.env.JEST_WORKER_ID ?? 1) * PER_WORKER - PER_WORKER;

/** A router, which is a namespace, with a local network behind it and the internet before it. */
export class Home {
  readonly name: string;
  private members = 0;

  private constructor(
    private readonly number: number,
    private readonly nat: Nat,
  ) {
    this.name = `home${number}`;
  }

  static async make(nat: Nat): Promise<Home> {
    const home = new Home(++made, nat);
    const { name, number, network } = home;
    await shell(
      `
      ip netns add ${name}
      ip link add ${name} type veth peer name wan netns ${name}
      ip address add 198.19.${number}.1/24 dev ${name}
      ip link set ${name} up
      ${nat === 'none' ? `ip route add ${network}.0/24 via ${home.address} dev ${name}` : ''}
      ip netns exec ${name} sh -e <<'END'
        ip link set lo up
        ip address add ${home.address}/24 dev wan
        ip link set wan up
        ip route add default via 198.19.${number}.1
        ip link add lan type bridge
        ip address add ${network}.1/24 dev lan
        ip link set lan up
        echo 1 > /proc/sys/net/ipv4/ip_forward
        nft -f - <<'RULES'
          table inet home {
            chain rules {}
            chain forward {
              type filter hook forward priority 0
              iifname wan jump rules
              oifname wan jump rules
            }
            chain input {
              type filter hook input priority 0
              # It answers no caller: what it would remember of them would change the addresses that it gives.
              iifname wan drop
            }
            chain nat {
              type nat hook postrouting priority 100
              ${MASQUERADE[nat] && `oifname wan ${MASQUERADE[nat]}`}
            }
          }
      RULES
      END`.replace(/^ +(RULES|END)$/gm, '$1'),
    );
    return home;
  }

  /** From now on only these rules hold for what goes in or out. */
  async obey(...rules: readonly string[]): Promise<void> {
    const script = [
      'flush chain inet home rules',
      ...rules.map((rule) => `add rule inet home rules ${rule}`),
    ];
    await shell(`ip netns exec ${this.name} nft '${script.join('; ')}'`);
  }

  /** By which the internet knows those who live here. */
  get addresses(): string {
    return this.nat === 'none' ? `${this.network}.0/24` : this.address;
  }

  /** An address for one more in the local network, and that of the router there. */
  invite(): { readonly own: string; readonly router: string } {
    this.members++;
    return { own: `${this.network}.${this.members + 1}`, router: `${this.network}.1` };
  }

  async remove(): Promise<void> {
    await shell(`ip netns del ${this.name}`);
  }

  private get address(): string {
    return `198.19.${this.number}.2`;
  }

  /** Behind a NAT all have the same addresses, as homes do. */
  private get network(): string {
    return this.nat === 'none' ? `198.18.${this.number}` : '192.168.1';
  }
}
