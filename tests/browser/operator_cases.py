"""What an operator may have set: a token, streams."""
from case import Case, World
from server import STREAM, TOKEN

class Token(Case):
    options = "token"

    def test_is_asked_for_and_used(self):
        self.browser.camera("granted")
        self.browser.open(self.server.url)
        asked = "document.getElementById('token-dialog').open"
        self.browser.until(f"{asked} || 'ready' in document.documentElement.dataset")
        if not self.browser.script(f"return {asked}"):  # all may see the model, but nothing else
            self.browser.click("#start")
        self.browser.until(asked)
        self.browser.find("#token").send_keys("wrong\n")
        self.browser.until("textOf('token-text').includes('did not take')")
        self.browser.find("#token").send_keys(TOKEN + "\n")
        self.browser.until("'ready' in document.documentElement.dataset")
        if self.browser.find("#start").is_displayed():
            self.browser.click("#start")
        self.browser.until("stage.dataset.link === 'live' && Number(stage.dataset.faces) > 0")

    def test_refused_ends_the_camera(self):
        self.browser.camera("granted")
        self.browser.open(self.server.url)
        asked = "document.getElementById('token-dialog').open"
        self.browser.until(f"{asked} || 'ready' in document.documentElement.dataset")
        if not self.browser.script(f"return {asked}"):
            self.browser.click("#start")
        self.browser.until(asked)
        self.browser.click("#token-cancel")
        self.browser.until("/token/.test(textOf('camera-message')) ||"
                      "/token/.test(textOf('alert'))")
        self.assertEqual(self.browser.script("return stage.dataset.state"), "off")

    def test_is_sent_with_pictures(self):
        self.browser.open_ready(self.server.url, "files", before=f"sessionStorage.setItem('fer-token', '{TOKEN}');")
        self.browser.find("#file-input").send_keys(str(World.folder / "two.png"))
        self.browser.until("document.querySelector('.card[data-state=done]')")


class Streams(Case):
    options = "streams"

    def test_are_started_and_stopped(self):
        self.browser.open_ready(self.server.url, "streams")
        card = f"document.querySelector('[data-id={STREAM}]')"
        self.browser.until(card)
        if self.browser.script(f"return {card}.dataset.state") == "stopped":
            self.browser.click(f"[data-id={STREAM}] button")
        self.browser.until(f"{card}.dataset.state === 'live'", 60)
        self.browser.until(f"/\\d face/.test({card}.textContent)")
        self.shot("streams")
        self.browser.click(f"[data-id={STREAM}] button")
        self.browser.until(f"{card}.dataset.state === 'stopped'", 30)

    def test_have_no_view_where_the_server_has_none(self):
        self.server.stop()
        self.server.start()
        self.browser.open_ready(self.server.url, "streams")
        self.assertFalse(self.browser.find("#streams-link").is_displayed())
        self.assertTrue(self.browser.find("#camera").is_displayed())
