// A device with passkeys, as Chromium pretends one for tests, and a Steward at a name where passkeys work.
import type { CDPSession, Page } from '@playwright/test';

import { House, test as base } from '.';

interface Named {
  /** `steward serve` and `steward simulate` at `localhost`, for this spec alone. */
  named: House;
}

export const test = base.extend<Named>({
  named: async ({ watch }, use, info) => {
    const house = await House.start('localhost');
    await use(house);
    await watch.leave();
    if (info.status !== info.expectedStatus) await info.attach('log', { body: house.logged });
    await house.stop();
  },
});

/** A device of one page's browser. It makes sure who holds it, and answers at once. */
export class Device {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async of(page: Page): Promise<Device> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const options = {
      ...{ protocol: 'ctap2' as const, transport: 'internal' as const, hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    };
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options });
    return new Device(session, authenticatorId);
  }

  /** Forgets all passkeys, as after a reset. */
  async forget(): Promise<void> {
    await this.session.send('WebAuthn.clearCredentials', { authenticatorId: this.authenticatorId });
  }

  /** Sets back how often its passkey was used, as a copy that was made earlier would stand. */
  async turnBack(): Promise<void> {
    const { authenticatorId } = this;
    const { credentials } = await this.session.send('WebAuthn.getCredentials', { authenticatorId });
    await this.forget();
    for (const credential of credentials) {
      await this.session.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } });
    }
  }

  async remove(): Promise<void> {
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.authenticatorId });
  }
}
