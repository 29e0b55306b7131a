"""What the cases share: the server, the browser, a folder of files."""
import time
import unittest

LOOKS = {"light": (1280, 900, False), "dark": (1280, 900, True), "phone": (390, 844, False)}


class World:
    """Filled by page_test.py before the first case."""

    server = browser = folder = shots = None


class Case(unittest.TestCase):
    options = ""

    @classmethod
    def setUpClass(cls):
        if World.server.running_elsewhere:
            if cls.options:
                raise unittest.SkipTest("needs a server started with options of its own")
            return
        World.server.start(cls.options)
        cls.addClassCleanup(World.server.stop)

    def setUp(self):
        self.server, self.browser = World.server, World.browser
        self.browser.screen(1280, 900)
        self.browser.refusals()

    def tearDown(self):
        self.assertEqual(self.browser.refusals(), [])
        self.browser.driver.get("about:blank")

    def needs_own_server(self):
        if self.server.running_elsewhere:
            self.skipTest("needs a server that can be stopped")

    def shot(self, name):
        """Pictures of the whole page, to be looked at, where they are asked for."""
        if not World.shots:
            return
        for look, screen in LOOKS.items():
            self.browser.screen(*screen)
            time.sleep(1)
            self.browser.save_picture(World.shots / f"{name}-{look}.png")
