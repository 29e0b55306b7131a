"""What is there before anything is started."""
from case import Case

FIRST_LOAD = 150_000  # bytes
PHONE = (390, 844)

class Start(Case):
    def test_first_load_is_small_and_asks_nobody_else(self):
        self.browser.command("Network.setCacheDisabled", cacheDisabled=True)
        self.addCleanup(self.browser.command, "Network.setCacheDisabled", cacheDisabled=False)
        self.browser.open_ready(self.server.url)
        requests = self.browser.requests()
        size = sum(request["size"] for request in requests)
        print(f"first load: {size} bytes in {len(requests)} requests")
        self.assertLessEqual(size, FIRST_LOAD)
        for request in requests:
            self.assertTrue(request["name"].startswith(self.server.url), request["name"])

    def test_says_what_it_must(self):
        self.browser.open_ready(self.server.url)
        self.shot("start")
        words = self.browser.text("body")
        for sentence in ("no file, no log", "not what a person feels", "EU AI Act"):
            self.assertIn(sentence, words)
        self.assertRegex(self.browser.text("#accuracy"), r"\d % .* interval|no measured accuracy")

    def test_starts_by_keyboard(self):
        self.browser.camera("granted")
        self.browser.open_ready(self.server.url)
        for _ in range(12):
            self.browser.command("Input.dispatchKeyEvent", type="keyDown", key="Tab", windowsVirtualKeyCode=9)
            if self.browser.script("return document.activeElement.id") == "start":
                break
        self.browser.driver.switch_to.active_element.send_keys("\n")
        self.browser.until("stage.dataset.state === 'on'")
        self.assertEqual(self.browser.script("return document.activeElement.id"), "stop")

    def test_has_a_name_for_every_control(self):
        for view in ("camera", "files"):
            self.browser.open_ready(self.server.url, view)
            for element in self.browser.all("button, input, select, a, video"):
                if element.is_displayed():
                    self.assertTrue(element.accessible_name, element.get_attribute("outerHTML"))

    def test_fits_a_phone(self):
        self.browser.screen(*PHONE)
        for view in ("camera", "files"):
            self.browser.open_ready(self.server.url, view)
            self.assertLessEqual(self.browser.script("return document.documentElement.scrollWidth"), PHONE[0], view)

    def test_waits_for_a_server_that_is_away(self):
        away = "window.realFetch = fetch; window.fetch = () => Promise.reject(new TypeError());"
        self.browser.open(self.server.url, before=away)
        self.browser.until("!document.getElementById('alert').hidden")
        self.assertIn("does not answer", self.browser.text("#alert"))
        self.browser.script("window.fetch = window.realFetch")
        self.browser.until("'ready' in document.documentElement.dataset")
        self.assertTrue(self.browser.script("return document.getElementById('alert').hidden"))
