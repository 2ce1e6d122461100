// <pooyesh-campaign kind="form" theme="anar" mode="dark"><a href="…/c/slug">…</a></pooyesh-campaign>
// Shows what its own link leads to in a frame: a campaign, or the campaigns of a set, an organization or a province.
// The link stays where this cannot run.
// Other sites hold this file to its hash: it never changes. What is to change is written as the next number beside it.
const HOME = new URL(import.meta.url).origin;
const KINDS = { card: [240, 480], narrowbar: [100, 480], widebar: [90, 970], form: [660, 520], wall: [360, 480], needs: [400, 480], call: [360, 480], grid: [480, 970] };
const TALLEST = 2000;

class PooyeshCampaign extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a[href]");
    const page = link && new URL(link.href);
    const parts = page && page.origin === HOME && page.pathname.match(/^((?:\/[a-z]{2,3})?)\/(?:c\/([^/]+)|((?:sets|organizations|provinces)\/[^/]+))$/);
    if (!parts || this.shadowRoot) return;
    const asked = this.getAttribute("kind");
    const kind = Object.hasOwn(KINDS, asked) ? asked : "card";
    const address = new URL(`${parts[1]}/e/${parts[2] ?? parts[3]}/${kind}?fit=1`, HOME);
    for (const [name, key] of [["theme", "t"], ["mode", "m"]]) {
      if (this.hasAttribute(name)) address.searchParams.set(key, this.getAttribute(name));
    }
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: address, title: link.textContent, loading: "lazy", referrerPolicy: "strict-origin" });
    frame.width = "100%";
    frame.height = KINDS[kind][0];
    const mode = this.getAttribute("mode");
    const colorScheme = mode === "light" || mode === "dark" ? mode : "light dark";
    Object.assign(frame.style, { border: 0, display: "block", maxWidth: `${KINDS[kind][1]}px`, colorScheme });
    this.fallback = document.createElement("slot");
    this.attachShadow({ mode: "open" }).append(frame, this.fallback);
    this.frame = frame;
    addEventListener("message", this);
  }

  disconnectedCallback() {
    removeEventListener("message", this);
  }

  handleEvent({ origin, source, data }) {
    if (origin !== HOME || source !== this.frame.contentWindow) return;
    const height = data?.pooyeshHeight;
    if (!Number.isInteger(height) || height < 1 || height > TALLEST) return;
    this.frame.height = height;
    this.fallback.hidden = true;
  }
}

customElements.get("pooyesh-campaign") || customElements.define("pooyesh-campaign", PooyeshCampaign);
