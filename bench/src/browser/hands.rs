//! Keys and mouse as the browser gets them from the system. Nothing here looks at the page.

use super::stage::Stage;
use e2e::{Result, json};

impl Stage {
    /// Presses a key, with Control for `Control+z` and with Shift for `Shift+E`.
    pub async fn press(&self, chord: &str) -> Result<()> {
        let (modifiers, key) = [(2, "Control+"), (8, "Shift+")]
            .into_iter()
            .find_map(|(modifier, name)| chord.strip_prefix(name).map(|key| (modifier, key)))
            .unwrap_or((0, chord));
        let (code, number) = code(key);
        let mut down = json!({
            "type": "rawKeyDown", "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers,
        });
        if key.chars().count() == 1 && modifiers != 2 {
            down["type"] = json!("keyDown");
            down["text"] = json!(key);
        }
        self.page().devtools("Input.dispatchKeyEvent", down.clone()).await?;
        down["type"] = json!("keyUp");
        if let Some(fields) = down.as_object_mut() {
            fields.remove("text");
        }
        self.page().devtools("Input.dispatchKeyEvent", down).await.map(drop)
    }

    /// Moves the mouse, with its button down or up.
    pub async fn move_to(&self, (x, y): (f64, f64), held: bool) -> Result<()> {
        self.mouse("mouseMoved", (x, y), if held { 1 } else { 0 }).await
    }

    /// Presses the mouse's button.
    pub async fn mouse_down(&self, at: (f64, f64)) -> Result<()> {
        self.mouse("mousePressed", at, 1).await
    }

    /// Lets go of it.
    pub async fn mouse_up(&self, at: (f64, f64)) -> Result<()> {
        self.mouse("mouseReleased", at, 0).await
    }

    /// Clicks.
    pub async fn click(&self, at: (f64, f64)) -> Result<()> {
        self.move_to(at, false).await?;
        self.mouse_down(at).await?;
        self.mouse_up(at).await
    }

    /// Draws the mouse over a word: from its left to its right, at a height.
    pub async fn drag_over(&self, [left, right, y]: [f64; 3]) -> Result<()> {
        self.move_to((left, y), false).await?;
        self.mouse_down((left, y)).await?;
        self.move_to(((left + right) / 2.0, y), true).await?;
        self.move_to((right, y), true).await?;
        self.mouse_up((right, y)).await
    }

    /// A word that is seen now and has just these letters.
    pub async fn word(&self, letters: &str) -> Result<[f64; 3]> {
        Ok(serde_json::from_value(self.js(&format!("bench.word('{letters}')")).await?)?)
    }

    /// Words that are seen now.
    pub async fn words(&self) -> Result<Vec<[f64; 3]>> {
        let found: Vec<[f64; 3]> = serde_json::from_value(self.js("bench.words()").await?)?;
        e2e::ensure!(!found.is_empty(), "no word is seen");
        Ok(found)
    }

    async fn mouse(&self, kind: &str, (x, y): (f64, f64), buttons: u32) -> Result<()> {
        let is_hover = kind == "mouseMoved" && buttons == 0;
        let event = json!({
            "type": kind, "x": x, "y": y, "buttons": buttons, "button": if is_hover { "none" } else { "left" },
            "clickCount": if kind == "mouseMoved" { 0 } else { 1 },
        });
        self.page().devtools("Input.dispatchMouseEvent", event).await.map(drop)
    }
}

/// The place of a key and the system's number for it.
fn code(key: &str) -> (String, u32) {
    let number = match key {
        "Enter" => 13,
        "Escape" => 27,
        "End" => 35,
        "Home" => 36,
        "ArrowLeft" => 37,
        "ArrowUp" => 38,
        "ArrowRight" => 39,
        "ArrowDown" => 40,
        "Delete" => 46,
        "]" => return ("BracketRight".into(), 221),
        "/" => return ("Slash".into(), 191),
        other => {
            let upper = other.to_uppercase();
            let number = upper.bytes().next().unwrap_or_default().into();
            let place = if upper.bytes().all(|byte| byte.is_ascii_digit()) { "Digit" } else { "Key" };
            return (format!("{place}{upper}"), number);
        }
    };
    (key.to_owned(), number)
}
