/** The sandbox's own page: what a newcomer sees first. Served at `/`, with `/page.js` and `/page.css`. */
export { sandboxPage } from "./page";
export { sandboxPageScript } from "./script";
export { sandboxPageStyle } from "./style";
