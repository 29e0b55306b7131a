"""Pictures and clips."""
from case import Case, World

class Files(Case):
    def drop(self, *names):
        self.browser.find("#file-input").send_keys("\n".join(str(World.folder / name) for name in names))

    def test_pictures_are_looked_at(self):
        self.browser.open_ready(self.server.url, "files")
        self.drop("two.png", "empty.png", "text.png")
        self.browser.until("document.querySelectorAll('.card:is([data-state=done], [data-state=failed])').length === 3")
        self.assertEqual(len(self.browser.all(".card[data-state=done] .face")), 2)
        self.assertIn("No face", self.browser.text("#cards"))
        self.assertEqual(len(self.browser.all(".card[data-state=failed]")), 1)
        self.assertIn("1 failed", self.browser.text("#files-status"))
        self.shot("files")

    def test_a_dropped_picture_is_taken(self):
        self.browser.open_ready(self.server.url, "camera")
        self.browser.drop("dropped.png", 10)
        self.browser.until("document.querySelector('#cards h2')?.textContent === 'dropped.png'")
        self.browser.until("document.querySelector('#cards .card').dataset.state === 'failed'")
        self.assertTrue(self.browser.find("#files").is_displayed())

    def test_a_picture_over_the_limit_is_not_sent(self):
        self.browser.open_ready(self.server.url, "files")
        self.browser.drop("large.png", 11 << 20)
        self.browser.until("document.querySelector('#cards .status')?.textContent.startsWith('Too large: 11 MB')")

    def test_clips_are_not_sent_where_none_are_taken(self):
        without = """
            const real = fetch;
            window.fetch = async (path, options) => {
              const response = await real(path, options);
              if (path !== 'v1/model') return response;
              return new Response(JSON.stringify({...await response.json(), video: false}));
            };"""
        self.browser.open_ready(self.server.url, "files", before=without)
        self.assertIn("Clips are not taken", self.browser.text("#files-note"))
        self.drop("clip.avi")
        self.browser.until("document.querySelector('.card[data-state=failed]')")
        self.assertIn("fer-live", self.browser.text(".card .status"))

    def test_a_clip_becomes_rows_and_a_timeline(self):
        self.browser.open_ready(self.server.url, "files")
        if "not taken" in self.browser.text("#files-note"):
            self.skipTest("this server has no fer-live")
        self.drop("clip.avi")
        self.browser.until("document.querySelector('.card progress')", 5)
        self.browser.until("document.querySelector('.card[data-state=done]')", 120)
        saved = (("Save rows", ".csv", b"source,frame"), ("Save timeline", ".html", b"<!doctype html>"))
        for button, ending, beginning in saved:
            next(one for one in self.browser.all("#cards button") if button in one.text).click()
            name, text = self.browser.downloaded(ending)
            self.assertEqual(name, "clip" + ending)
            self.assertTrue(text.startswith(beginning), text[:80])
        self.shot("clip")
        address = self.browser.find("#cards a.button").get_attribute("href")
        self.browser.click(".card .quiet")
        self.browser.until("document.querySelectorAll('#cards .card').length === 0")
        self.assertEqual(self.browser.status_of(address, 404), 404)

    def test_a_clip_can_be_cancelled(self):
        self.browser.open_ready(self.server.url, "files")
        if "not taken" in self.browser.text("#files-note"):
            self.skipTest("this server has no fer-live")
        self.drop("clip.avi")
        self.browser.until("document.querySelector('.card .quiet')?.textContent === 'Cancel'")
        self.browser.click(".card .quiet")
        self.browser.until("document.querySelectorAll('#cards .card').length === 0")
