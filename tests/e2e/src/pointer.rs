//! Mouse and finger, on real coordinates.

use crate::Page;
use crate::engine::Engine;
use crate::wait::until;
use anyhow::{Context, Result};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, TouchActions};
use serde_json::{Value, json};
use std::time::Duration;

/// A point of the window in CSS pixels.
pub type Point = (f64, f64);

/// Where some words stand.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Where they begin, in the middle of the line.
    pub from: Point,
    /// Where they end.
    pub to: Point,
    /// The middle of their first line.
    pub middle: Point,
}

const LEFT: u64 = MOUSE_BUTTON_LEFT;
/// Two clicks farther apart than this are no double click.
const APART: Duration = Duration::from_millis(700);
/// Long enough for the page to draw what a drag has reached.
const REST: Duration = Duration::from_millis(60);
const QUICK: Option<Duration> = Some(Duration::from_millis(40));

fn mouse() -> MouseActions {
    MouseActions::new("mouse".to_owned())
}

fn finger() -> TouchActions {
    TouchActions::new("finger".to_owned())
}

fn to((x, y): Point) -> PointerAction {
    PointerAction::MoveTo { duration: QUICK, x, y }
}

fn down() -> PointerAction {
    PointerAction::Down { button: LEFT }
}

fn up() -> PointerAction {
    PointerAction::Up { button: LEFT }
}

impl Page {
    /// Scrolls to some words of the article (the nth time that they stand there) and says where they are.
    pub async fn find(&self, words: &str, nth: usize) -> Result<Words> {
        let script = "return placeOf(given[0], given[1])";
        until("the layout of the words", async || {
            let found = self.js_with(script, json!([words, nth])).await?;
            Ok((!found.is_null()).then_some(()))
        })
        .await?;
        self.frames().await?;
        self.words_at(script, words, nth).await
    }

    /// Where a script finds some words.
    pub(crate) async fn words_at(&self, script: &str, words: &str, nth: usize) -> Result<Words> {
        let found = self.js_with(script, json!([words, nth])).await?;
        let point = |name: &str| point(&found[name]).with_context(|| format!("where “{words}” is"));
        Ok(Words { from: point("from")?, to: point("to")?, middle: point("middle")? })
    }

    /// The middle of what a script finds.
    pub async fn middle_of(&self, element: &str) -> Result<Point> {
        let found = self.js(&format!("return middleOf({element})")).await?;
        point(&found).with_context(|| format!("where {element} is"))
    }

    /// Draws the mouse over some words, from their first character to their last.
    pub async fn drag_over(&self, words: &str, nth: usize) -> Result<()> {
        let place = self.find(words, nth).await?;
        self.drag(place.from, place.to).await
    }

    /// Presses the mouse at one point and lets it go at another.
    pub async fn drag(&self, from: Point, end: Point) -> Result<()> {
        self.drag_by(&[from, end]).await
    }

    /// Presses the mouse at the first point, rests at each of the others and lets it go at the last.
    pub async fn drag_by(&self, points: &[Point]) -> Result<()> {
        let mut drag = mouse().then(to(points[0])).then(down());
        for pair in points.windows(2) {
            let between = ((pair[0].0 + pair[1].0) / 2.0, (pair[0].1 + pair[1].1) / 2.0);
            drag = drag.then(to(between)).then(to(pair[1])).pause(REST);
        }
        self.act(drag.then(up())).await
    }

    /// Presses the mouse at a point and keeps it down; [`Page::mouse_up`] lets it go.
    pub async fn mouse_down(&self, at: Point) -> Result<()> {
        match self.engine() {
            Engine::Chromium => {
                self.mouse_event("mouseMoved", at, 0).await?;
                self.mouse_event("mousePressed", at, 1).await
            }
            Engine::Firefox | Engine::WebKit => self.act(mouse().then(to(at)).then(down())).await,
        }
    }

    /// Moves the mouse while it is down.
    pub async fn mouse_to(&self, at: Point) -> Result<()> {
        match self.engine() {
            Engine::Chromium => self.mouse_event("mouseMoved", at, 1).await?,
            Engine::Firefox | Engine::WebKit => self.act(mouse().then(to(at))).await?,
        }
        self.frames().await
    }

    /// Lets the mouse go.
    pub async fn mouse_up(&self, at: Point) -> Result<()> {
        match self.engine() {
            Engine::Chromium => self.mouse_event("mouseReleased", at, 0).await,
            Engine::Firefox | Engine::WebKit => self.act(mouse().then(to(at)).then(up())).await,
        }
    }

    /// Chromium's driver forgets between two of its commands which button a move is made with, so the browser is told
    /// itself.
    async fn mouse_event(&self, kind: &str, (x, y): Point, buttons: u8) -> Result<()> {
        let button = if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
        self.devtools("Input.dispatchMouseEvent", event).await.map(drop)
    }

    /// Draws a handle of the selected mark to a place in the text.
    pub async fn drag_handle(&self, which: &str, target: Point) -> Result<()> {
        self.drag_by(&self.handle_path(which, target).await?).await
    }

    /// The same with a finger.
    pub async fn swipe_handle(&self, which: &str, target: Point) -> Result<()> {
        let path = self.handle_path(which, target).await?;
        self.swipe(path[0], path[1]).await
    }

    /// From a handle's knob, which stands above the start and hangs below the end, to as far from the target.
    async fn handle_path(&self, which: &str, (x, y): Point) -> Result<[Point; 2]> {
        let script = format!(
            "const {{ left, right, top, bottom }} = one('.handle.{which}').getBoundingClientRect();
             return [(left + right) / 2, '{which}' === 'start' ? top - 8 : bottom + 8, (top + bottom) / 2]"
        );
        let knob = self.js(&script).await?;
        let at = |i: usize| knob[i].as_f64().with_context(|| format!("the handle at the {which}"));
        // A little inside of the word that is to be the last.
        let inside = if which == "start" { 2.0 } else { -2.0 };
        Ok([(at(0)?, at(1)?), (x + inside, y + at(1)? - at(2)?)])
    }

    /// Clicks once.
    pub async fn click(&self, at: Point) -> Result<()> {
        self.clicks(at, 1).await
    }

    /// Clicks several times in a row.
    pub async fn clicks(&self, at: Point, times: usize) -> Result<()> {
        let click = (0..times).fold(mouse().then(to(at)), |mouse, _| mouse.then(down()).then(up()));
        self.act(click).await
    }

    /// Clicks once more, so much later that it is no double click.
    pub async fn click_later(&self, at: Point) -> Result<()> {
        let click = mouse().then(to(at)).pause(APART).then(down()).then(up());
        self.act(click).await
    }

    /// Clicks on some words of the article.
    pub async fn click_on(&self, words: &str, nth: usize) -> Result<()> {
        let place = self.find(words, nth).await?;
        self.click_later(place.middle).await
    }

    /// Clicks a button by its name, inside what a selector finds.
    pub async fn click_button(&self, name: &str, within: &str) -> Result<()> {
        let at = self.button(name, within).await?;
        self.click(at).await
    }

    /// The middle of a button.
    pub async fn button(&self, name: &str, within: &str) -> Result<Point> {
        let script = "const found = button(given[0], given[1]);
            found.scrollIntoView({ block: 'nearest' });
            return middleOf(found)";
        let found = self.js_with(script, json!([name, within])).await?;
        point(&found).with_context(|| format!("where “{name}” is"))
    }

    /// Taps with a finger.
    pub async fn tap(&self, at: Point) -> Result<()> {
        self.act(finger().then(to(at)).then(down()).then(up())).await
    }

    /// Taps a button by its name.
    pub async fn tap_button(&self, name: &str, within: &str) -> Result<()> {
        let at = self.button(name, within).await?;
        self.tap(at).await
    }

    /// Rests a finger on a word, the first of some words, until the system selects it and takes the finger over for
    /// itself. No system with such a gesture runs without a window, so the selecting is done by a script; the finger
    /// and its end are real events.
    pub async fn long_press(&self, word: &str, words: &str) -> Result<()> {
        let (x, y) = self.find(words, 0).await?.from;
        let finger = json!([{ "x": x + 4.0, "y": y }]);
        let touch = "Input.dispatchTouchEvent";
        self.devtools(touch, json!({ "type": "touchStart", "touchPoints": finger })).await?;
        self.js_with(
            "const { startContainer: node, startOffset: at } = rangeOf(given[0]);
            getSelection().setBaseAndExtent(node, at, node, at + given[1].length)",
            json!([words, word]),
        )
        .await?;
        self.frames().await?;
        self.devtools(touch, json!({ "type": "touchCancel", "touchPoints": [] })).await?;
        self.frames().await
    }

    /// Selects words as the system's own handles do.
    pub async fn select_natively(&self, words: &str) -> Result<()> {
        let script = "const range = rangeOf(given), selection = getSelection();
            selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset)";
        self.js_with(script, json!(words)).await.map(drop)
    }

    /// Draws a finger from one point to another.
    pub async fn swipe(&self, from: Point, end: Point) -> Result<()> {
        let between = ((from.0 + end.0) / 2.0, (from.1 + end.1) / 2.0);
        let swipe = finger().then(to(from)).then(down()).then(to(between)).then(to(end)).then(up());
        self.act(swipe).await
    }
}

fn point(pair: &Value) -> Option<Point> {
    Some((pair.get(0)?.as_f64()?, pair.get(1)?.as_f64()?))
}
