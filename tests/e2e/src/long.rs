//! A long article with many annotations, most of which nobody sees at first, and what of it can be seen.
//!
//! Each paragraph has a number of its own, so that its words stand in the article once.

use crate::pointer::Point;
use crate::{Page, count};
use anyhow::{Context, Result, ensure};
use fantoccini::actions::{InputSource, WheelAction, WheelActions};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Paragraphs of the article; a window shows three.
pub const PARAGRAPHS: usize = 500;
/// Annotations of each.
pub const MARKS: usize = 4;

/// A paragraph. Its line is the only one that starts with its number.
pub fn paragraph(number: usize) -> String {
    format!(
        "Part {number:04}. The council of Millford voted nine to four 👷 to stop work on bridge {number:04}, which has \
         cost 41 million so far. “We were promised a crossing that pays for itself by {number:04},” said Lena Itō of \
         ward {number:04}. Passengers have doubled since then, so file {number:04} says. A spokesman declined to say \
         how many people would lose their jobs, and who of them was told of letter {number:04} before Monday."
    )
}

/// Its annotations: the first reaches over the second, the others stand alone.
pub fn marks(number: usize) -> [(&'static str, String); MARKS] {
    [
        ("claim", format!("stop work on bridge {number:04}")),
        ("entity", format!("bridge {number:04}")),
        ("quote", format!("“We were promised a crossing that pays for itself by {number:04},”")),
        ("entity", format!("Lena Itō of ward {number:04}")),
    ]
}

/// The whole text.
pub fn text() -> String {
    let paragraphs: Vec<String> = (0..PARAGRAPHS).map(paragraph).collect();
    paragraphs.join("\n\n")
}

fn project(empty: &Value) -> Value {
    let mut annotations = Vec::new();
    // Each paragraph is counted alone: over the whole text it would take seconds.
    let mut before = (0, 0, 0);
    for number in 0..PARAGRAPHS {
        let paragraph = paragraph(number);
        for (label, words) in marks(number) {
            let place = count::place(&paragraph, &words, 0);
            let along = |(from, to): (usize, usize), by: usize| json!({ "start": from + by, "end": to + by });
            let mut annotation = along(place.code_points, before.0);
            annotation["id"] = format!("long-{}", annotations.len()).into();
            annotation["label"] = label.into();
            annotation["utf16"] = along(place.utf16, before.1);
            annotation["bytes"] = along(place.utf8, before.2);
            annotation["quote"] = json!({ "exact": words });
            annotation["attributes"] = json!({});
            annotation["links"] = json!([]);
            annotation["status"] = "confirmed".into();
            annotation["origin"] = "hand".into();
            annotations.push(annotation);
        }
        let whole = count::between(&paragraph, 0, paragraph.len());
        before = (before.0 + whole.code_points.1 + 2, before.1 + whole.utf16.1 + 2, before.2 + whole.utf8.1 + 2);
    }
    let mut file = empty.clone();
    file["articles"] = json!([{ "id": "long", "title": "Bridges", "text": text() }]);
    file["sheets"] =
        json!([{ "article": "long", "annotator": empty["annotators"][0]["code"], "annotations": annotations }]);
    file
}

/// In so many frames nothing moves where all has come to rest.
const REST: u32 = 12;

impl Page {
    /// Takes in a project file with the long article, which then is open at its start.
    pub async fn open_long(&self) -> Result<()> {
        let file = project(&self.export().await?).to_string();
        self.choose_files(&[("long.json", file.as_bytes())]).await?;
        // The file says less than it could, so the page asks first.
        self.until_dialog("Import").await?;
        self.click_button("Import", "dialog .answers").await?;
        self.until_no_dialog().await?;
        let count = "return annotator.article()?.annotations";
        self.until_is("the marks", count, json!(PARAGRAPHS * MARKS)).await?;
        let wanted: BTreeMap<String, Vec<String>> = (0..PARAGRAPHS)
            .map(|number| (format!("Part {number:04}."), marks(number).map(|(_, words)| words).to_vec()))
            .collect();
        self.js_with("[window.wantedMarks, window.longText] = given", json!([wanted, text()])).await?;
        // While it is being built, a frame may be drawn before the app has heard that it was scrolled.
        let pieces = "return all('.host [data-piece]').length";
        self.until_is("all of the text", pieces, json!(text().lines().count())).await?;
        // The message that passes would lie over the text.
        self.press("Escape").await?;
        self.until_js("no message", "return !document.querySelector('.toast')").await?;
        self.frames().await
    }

    /// Waits until just those marks are drawn in the paragraphs in sight that should be.
    pub async fn until_sight_is_marked(&self) -> Result<()> {
        self.until_is("marks on all that is seen", "return inSight().flatMap(wrongMarks)", json!([])).await?;
        ensure!(!self.sight().await?.is_empty(), "nothing is in sight");
        Ok(())
    }

    /// The numbers of the paragraphs in sight.
    pub async fn sight(&self) -> Result<Vec<usize>> {
        let script = "return inSight().map(piece => +piece.textContent.slice(5, 9))";
        Ok(serde_json::from_value(self.js(script).await?)?)
    }

    /// The middle paragraph of those in sight.
    pub async fn middle_in_sight(&self) -> Result<usize> {
        let seen = self.sight().await?;
        seen.get(seen.len() / 2).copied().context("nothing is in sight")
    }

    /// Waits until a paragraph is in sight.
    pub async fn until_in_sight(&self, number: usize) -> Result<()> {
        let script = format!("return inSight().some(piece => piece.textContent.startsWith('Part {number:04}.'))");
        self.until_js(&format!("paragraph {number} in sight"), &script).await.map(drop)
    }

    /// Where some words stand that are in sight; nothing is scrolled.
    pub async fn place_in_sight(&self, words: &str) -> Result<crate::pointer::Words> {
        self.words_at("return whereIs(given[0], given[1])", words, 0).await
    }

    /// Turns the mouse's wheel over the text, and waits until the page has heard of it: it comes by a way of its own.
    pub async fn wheel(&self, down: i64) -> Result<()> {
        let (x, y) = self.middle_of("one('.text')").await?;
        let (x, y) = (x as i64, y as i64);
        let turn = WheelAction::Scroll { duration: Some(Duration::from_millis(50)), x, y, delta_x: 0, delta_y: down };
        // WebKitGTK's driver takes a turn for where the wheel then stands, and sends the difference from the turn before:
        // so each is made with a wheel of its own.
        static WHEELS: AtomicUsize = AtomicUsize::new(0);
        let wheel = format!("wheel {}", WHEELS.fetch_add(1, Ordering::Relaxed));
        self.js("window.turned = 0").await?;
        self.act(WheelActions::new(wheel).then(turn)).await?;
        self.until_js("the turn of the wheel", &format!("return turned >= {}", down.abs())).await.map(drop)
    }

    /// Presses PageDown or PageUp, and waits until the page has been turned: not every browser takes the next press
    /// before that for a whole page.
    pub async fn turn_page(&self, key: &str) -> Result<()> {
        self.js("window.turnedFrom = one('.text').scrollTop").await?;
        self.press(key).await?;
        self.until_rest("top !== window.turnedFrom").await
    }

    /// Waits until the text is scrolled farther than this and rests there.
    pub async fn until_scrolled_beyond(&self, pixels: u32) -> Result<()> {
        self.until_rest(&format!("top > {pixels}")).await
    }

    /// Some browsers turn pages softly, and a busy one shows few frames of that: it rests once it stood still for a while.
    async fn until_rest(&self, condition: &str) -> Result<()> {
        let script = format!(
            "if (!window.rested) {{
               window.rested = {{ top: NaN, frames: 0 }};
               (function look() {{
                 const {{ scrollTop: top }} = one('.text');
                 window.rested = {{ top, frames: top === rested.top ? rested.frames + 1 : 0 }};
                 requestAnimationFrame(look);
               }})();
             }}
             const {{ top, frames }} = rested;
             return {condition} && frames > {REST}"
        );
        self.until_js("text that was scrolled and rests", &script).await.map(drop)
    }

    /// What the highlight of the selection covers, counted in the text alone.
    pub async fn highlighted(&self, text: &str) -> Result<count::Place> {
        let units = self.js("return placeOfHighlight()").await?;
        let unit = |at: usize| units[at].as_u64().map(|unit| unit as usize).context("nothing is highlighted");
        let (from, to) = (unit(0)?, unit(1)?);
        Ok(count::between(text, byte_of(text, from), byte_of(text, to)))
    }

    /// Waits until the highlight covers a place, and holds that it shows its words.
    pub async fn until_highlighted(&self, text: &str, wanted: count::Place) -> Result<()> {
        let (from, to) = wanted.utf16;
        self.until_is("the highlight", "return placeOfHighlight()", json!([from, to])).await?;
        let shown = self.selected().await?;
        let words = text[wanted.utf8.0..wanted.utf8.1].replace('\n', "");
        ensure!(shown == words, "{} characters are highlighted instead of {}", shown.len(), words.len());
        Ok(())
    }

    /// A point in the middle of the text's window.
    pub async fn middle_of_text(&self) -> Result<Point> {
        self.middle_of("one('.text')").await
    }
}

/// The byte of a UTF-16 unit.
fn byte_of(text: &str, unit: usize) -> usize {
    let mut units = 0;
    let found = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > unit
    });
    found.map_or(text.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_annotation_stand_once() {
        let text = text();
        assert!(text.len() > 190_000, "{}", text.len());
        for (_, words) in [0, 7, 499].into_iter().flat_map(marks) {
            assert_eq!(text.matches(&words).count(), 1, "{words}");
        }
        assert_eq!(byte_of("é👍🏽ok", 5), 10);
        assert_eq!(byte_of("é👍🏽ok", 7), 12);
    }
}
