import type { Page, WebSocketRoute } from '@playwright/test';

/**
 * The net of one page, which can be taken away and given back: a browser's own «offline» leaves
 * its sockets alone.
 */
export class Net {
	readonly #page: Page;
	readonly #open = new Set<WebSocketRoute>();
	#down = false;

	private constructor(page: Page) {
		this.#page = page;
	}

	/** From before the page opens anything. */
	static async of(page: Page): Promise<Net> {
		const net = new Net(page);
		await page.routeWebSocket(/\/live\//, (socket) => net.#route(socket));
		return net;
	}

	async goDown(): Promise<void> {
		this.#down = true;
		await this.#page.context().setOffline(true);
		for (const socket of this.#open) await socket.close({ code: 4999, reason: 'no net' });
		this.#open.clear();
	}

	async comeBack(): Promise<void> {
		this.#down = false;
		await this.#page.context().setOffline(false);
	}

	#route(socket: WebSocketRoute): void {
		if (this.#down) return void socket.close({ code: 4999, reason: 'no net' });
		socket.connectToServer();
		this.#open.add(socket);
	}
}
