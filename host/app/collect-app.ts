import { type App, finishApp } from "./app";
import { installCoreModule } from "./module-hook";
import { closeCollection, openCollection } from "./registry";

/**
 * Collects what `register` registers through `@azure/functions` and `durable-functions`. For tests: the functions'
 * modules must be loaded, or their registration functions called, inside `register`.
 * A throw of `register` is passed on, and nothing stays registered.
 */
export async function collectApp(
  register: () => void | Promise<void>,
  options: { directory?: string } = {},
): Promise<App> {
  installCoreModule();
  const collection = openCollection();
  try {
    await register();
    return await finishApp(options.directory ?? process.cwd(), collection, []);
  } finally {
    closeCollection();
  }
}
