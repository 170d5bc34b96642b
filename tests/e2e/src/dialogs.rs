//! Dialogs: what is open, and saving a file through the one for it.

use crate::Page;
use crate::wait::until;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::path::PathBuf;

impl Page {
    /// Waits until a dialog is open that has this heading.
    pub async fn until_dialog(&self, heading: &str) -> Result<()> {
        let script = format!("return document.querySelector('dialog:modal h2')?.textContent === {heading:?}");
        self.until_js(&format!("the dialog “{heading}”"), &script).await.map(drop)
    }

    /// Waits until no dialog is open.
    pub async fn until_no_dialog(&self) -> Result<()> {
        self.until_js("no dialog", "return !document.querySelector('dialog')").await.map(drop)
    }

    /// The words of the open dialog.
    pub async fn dialog_text(&self) -> Result<String> {
        self.text("return one('dialog:modal').innerText").await
    }

    /// Saves a project file through a step that asks for it; gives its name and content.
    pub async fn save(&self, ask: impl AsyncFnOnce() -> Result<()>) -> Result<(String, String)> {
        let (name, content) = self.save_any(&["json"], ask).await?;
        Ok((name, String::from_utf8(content)?))
    }

    /// Saves a file with one of some endings through a step that asks for it; gives its name and content.
    pub async fn save_any(&self, endings: &[&str], ask: impl AsyncFnOnce() -> Result<()>) -> Result<(String, Vec<u8>)> {
        let before = self.saved_files()?;
        ask().await?;
        // The browser takes the name with an empty file, and moves the whole one over it.
        let saved = until("a saved file", async || {
            let new = self.saved_files()?.into_iter().find(|file| !before.contains(file));
            let is_whole = |file: &PathBuf| {
                file.extension().is_some_and(|ending| endings.iter().any(|known| ending == std::ffi::OsStr::new(known)))
            };
            let Some(file) = new.filter(is_whole) else {
                return Ok(None);
            };
            let content = std::fs::read(&file).with_context(|| file.display().to_string())?;
            Ok((!content.is_empty()).then_some((file, content)))
        });
        let (file, content) = saved.await?;
        // Not every browser gives the next one of the same name another.
        std::fs::remove_file(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, content))
    }

    /// Saves all articles through the dialog, by keys.
    pub async fn save_all(&self) -> Result<String> {
        let ask = async || {
            self.press("x").await?;
            self.until_dialog("Export").await?;
            if self.js("return !!document.querySelector('dialog .scope')").await? == true {
                self.click_button("All articles", "dialog").await?;
            }
            self.click_button("Save", "dialog .sheet > .answers").await
        };
        let (_, content) = self.save(ask).await?;
        Ok(content)
    }

    fn saved_files(&self) -> Result<BTreeSet<PathBuf>> {
        let folder = std::fs::read_dir(self.downloads())?;
        Ok(folder.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?)
    }
}
