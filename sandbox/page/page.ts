/**
 * The page without its contents: the script fills in what the sandbox says, as text only. The policy is
 * in the page itself, so that it holds whoever serves it: what arrives on the phones is hostile.
 */
export function sandboxPage(): string {
  return page;
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The sandbox company</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><span class="brand">Sandbox</span> <span class="quiet">a whole company on this machine</span><nav aria-label="Pages"><a id="console" href="http://127.0.0.1:7071/">Open the console</a></nav></header>
<main id="main" tabindex="-1">
<h1>Break this company, and watch it recover</h1>
<ol class="how">
<li><strong>Break a part.</strong> If customers need it, their requests turn red.</li>
<li><strong>Watch the phones.</strong> Switchover finds out what is wrong, and fixes it, asks its people, or says why it does nothing.</li>
<li><strong>Decide.</strong> Open the link on a phone and approve with the code that this phone shows.</li>
</ol>
<p id="trouble" class="trouble" role="alert" hidden></p>
<noscript><p class="trouble">This page needs JavaScript, because it shows a company that runs. The console and the approvals don't.</p></noscript>

<section class="card" aria-labelledby="customers-title">
<h2 id="customers-title">Customers, one request a second</h2>
<p id="customers" class="big" role="status">Looking …</p>
<ol id="strip" class="strip" aria-hidden="true"></ol>
<p id="counts" class="quiet"></p>
</section>

<section aria-labelledby="chain-title">
<h2 id="chain-title">The way of their requests</h2>
<ol id="chain" class="chain"></ol>
</section>

<div class="columns">
<section class="card" aria-labelledby="break-title">
<div class="row"><h2 id="break-title">Break it</h2><button id="reset" type="button">Reset everything</button></div>
<p class="quiet">Each button breaks a part for real, and heals it when pressed again. The list beside it has the ways to break it.</p>
<p id="refused" class="trouble" role="alert" hidden></p>
<div id="faults" class="faults"></div>
</section>
<section aria-labelledby="phones-title">
<h2 id="phones-title">The phones of its people</h2>
<div id="phones" class="phones"></div>
</section>
</div>
</main>
<footer class="foot"><p>The company is on this machine only. Times are UTC.</p></footer>
</body>
</html>
`;
