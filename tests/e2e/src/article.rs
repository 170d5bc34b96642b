//! The open article: its marks as the programming interface gives them and as they are drawn, and
//! what the page says of itself.

use crate::Page;
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An annotation, as scripts see it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Annotation {
    /// Its id.
    pub id: String,
    /// The id of its label.
    pub label: String,
    /// Its first code point.
    pub start: usize,
    /// The code point behind its last.
    pub end: usize,
    /// The same in UTF-16 code units.
    pub start_utf16: usize,
    /// The same in UTF-16 code units.
    pub end_utf16: usize,
    /// The words that it covers.
    pub quote: String,
    /// What was said of it.
    pub attributes: BTreeMap<String, String>,
    /// Its note.
    pub note: String,
}

impl Page {
    /// Adds an article through the programming interface and opens it.
    pub async fn load(&self, text: &str, title: &str) -> Result<()> {
        self.js_with("annotator.load(given[0], { title: given[1] })", json!([text, title])).await?;
        self.until_is("the loaded article", "return annotator.article()?.text", json!(text)).await?;
        self.frames().await
    }

    /// The open article's annotations, in text order.
    pub async fn annotations(&self) -> Result<Vec<Annotation>> {
        Ok(serde_json::from_value(self.js("return annotator.annotations()").await?)?)
    }

    /// The open article's annotations as `label: words`.
    pub async fn marks(&self) -> Result<Vec<String>> {
        Ok(self.annotations().await?.iter().map(|a| format!("{}: {}", a.label, a.quote)).collect())
    }

    /// Waits until the open article has just these annotations, given as `label: words` in text order.
    pub async fn until_marks(&self, wanted: &[&str]) -> Result<()> {
        let script = "return annotator.annotations().map(a => `${a.label}: ${a.quote}`)";
        self.until_is("the marks", script, json!(wanted)).await
    }

    /// The label and the words of the selected annotation, as its card shows them; nothing without one.
    pub async fn card(&self) -> Result<String> {
        self.text(
            "const card = document.querySelector('.side .card:not([hidden])');
             if (!card) return '';
             const label = card.querySelector('.labels [aria-pressed=true] .name').textContent;
             return `${label}: ${card.querySelector('blockquote').textContent}`",
        )
        .await
    }

    /// Waits until a card shows a label and words; none at all for an empty text.
    pub async fn until_card(&self, wanted: &str) -> Result<()> {
        let mut last = String::new();
        let came = crate::wait::until("the card", async || {
            last = self.card().await?;
            Ok((last == wanted).then_some(()))
        });
        came.await.with_context(|| format!("wanted “{wanted}”, last seen “{last}”"))
    }

    /// The words that are selected, as the page highlights them.
    pub async fn selected(&self) -> Result<String> {
        self.text("return chosen()").await
    }

    /// Waits until just these words are selected.
    pub async fn until_selected(&self, words: &str) -> Result<()> {
        self.until_is("the selection", "return chosen()", json!(words)).await
    }

    /// The text of the marks that are drawn, one for each mark of a line style, joined over runs: the
    /// pieces from one that begins a mark to the one that ends it.
    pub async fn drawn(&self) -> Result<Vec<String>> {
        let script = "const open = [], whole = [];
            for (const part of all('.host .m')) {
              const lane = [...part.classList].filter(name => /^(c|lane-)/.test(name)).join(' ');
              if (part.classList.contains('first')) open.push({ lane, text: '' });
              const mark = open.findLast(mark => mark.lane === lane);
              mark.text += part.textContent;
              if (part.classList.contains('last')) whole.push(...open.splice(open.indexOf(mark), 1));
            }
            return whole.map(mark => mark.text)";
        Ok(serde_json::from_value(self.js(script).await?)?)
    }

    /// Waits until every change is kept.
    pub async fn until_saved(&self) -> Result<()> {
        self.until_is("Saved", "return one('.saving').dataset.state", json!("saved")).await
    }

    /// What a screen reader was last told.
    pub async fn said(&self) -> Result<String> {
        self.text("return one('.live').textContent").await
    }

    /// Waits until a screen reader is told something that holds these words.
    pub async fn until_said(&self, words: &str) -> Result<()> {
        let mut last = String::new();
        let came = crate::wait::until("something said", async || {
            last = self.said().await?;
            Ok(last.contains(words).then_some(()))
        });
        came.await.with_context(|| format!("wanted “{words}”, last said “{last}”"))
    }

    /// Waits until the message that passes says something that holds these words.
    pub async fn until_toast(&self, words: &str) -> Result<()> {
        let script = format!("return document.querySelector('.toast')?.textContent.includes({})", json!(words));
        self.until_js(&format!("a message with “{words}”"), &script).await.map(drop)
    }

    /// The whole workspace as a project file, through the programming interface.
    pub async fn export(&self) -> Result<Value> {
        Ok(serde_json::from_str(&self.text("return annotator.exportProject()").await?)?)
    }

    /// Goes from an article to the list of articles.
    pub async fn show_articles(&self) -> Result<()> {
        self.press("a").await?;
        self.until_is("the list", "return one('.app').dataset.screen", json!("articles")).await
    }

    /// The names in the list of articles.
    pub async fn titles(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.js("return all('.rows .open').map(open => open.textContent.trim())").await?)?)
    }
}
