// Signs in as a user of the app does: the login page sends the request token back.
import { KiteConnect } from "kiteconnect";

export async function signIn(root) {
  const page = await fetch(`${root}/connect/login?v=3&api_key=test_api_key`, { redirect: "manual" });
  const token = new URL(page.headers.get("location"), root).searchParams.get("request_token");
  const kite = new KiteConnect({ api_key: "test_api_key", root });
  const session = await kite.generateSession(token, "test_api_secret");
  kite.setAccessToken(session.access_token);
  return { kite, session };
}

// Runs the checks in their order, and prints the name of each that held.
export async function run(checks) {
  for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log(`ok ${name}`);
  }
}

export async function until(condition) {
  const end = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`gave up waiting for ${condition}`);
    }

    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
