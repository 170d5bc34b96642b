//! What the app keeps, from outside: looked at, damaged or taken away while the app is elsewhere, through
//! another page of the same origin.

use crate::Page;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const HELPERS: &str = include_str!("copies.js");

impl Page {
    /// Leaves the app for a page of the same origin without it, once everything is saved.
    pub async fn leave(&self) -> Result<()> {
        self.until_saved().await?;
        // A page that was left lives on for a while, or waits in the browser's cache, and would mend at once what
        // is done to the copies. It is gone when somebody else gets the lock that it holds.
        self.js_async("navigator.locks.request('here', () => new Promise(() => done(true)))", Value::Null).await?;
        self.go_to("seeds/festival-sign.txt").await?;
        self.js_async("navigator.locks.request('here', () => done(true))", Value::Null).await?;
        Ok(())
    }

    /// Opens the app again although not all is saved, without the browser asking whether to leave.
    pub async fn abandon(&self, path: &str) -> Result<()> {
        self.js("addEventListener('beforeunload', event => event.stopImmediatePropagation(), true)").await?;
        self.go_to(path).await?;
        self.ready().await
    }

    /// Takes away all that was kept, so that the next visit is a first one.
    pub async fn forget(&self) -> Result<()> {
        self.leave().await?;
        self.at_copies("await wipe(0); await wipe(1); localStorage.clear()").await.map(drop)
    }

    /// Runs a script that can reach both copies; gives what it returns.
    pub async fn at_copies(&self, script: &str) -> Result<Value> {
        let whole = format!(
            "{HELPERS}
            (async () => {{ {script} }})().then(value => done({{ value }}), error => done({{ error: String(error) }}))"
        );
        let outcome = self.js_async(&whole, Value::Null).await?;
        ensure!(outcome["error"].is_null(), "{}: {script}", outcome["error"]);
        Ok(outcome["value"].clone())
    }

    /// Holds that both copies have the same, and gives how many entries there are.
    pub async fn both_copies(&self) -> Result<usize> {
        let script = "const [one, two] = [await held(0), await held(1)];
            const differ = Object.keys(one).filter(store => JSON.stringify(one[store]) !== JSON.stringify(two[store]));
            return differ.length ? differ.join(' and ') + ' differ' : one.log.length";
        let entries = self.at_copies(script).await?;
        entries.as_u64().map(|entries| entries as usize).with_context(|| entries.to_string())
    }

    /// Ends Chromium, cuts the end off the last log of each copy, as a hard end or a full disk does, and starts it
    /// again. It shows nothing yet.
    pub async fn start_again_torn(&mut self) -> Result<()> {
        self.start_again_after(|profile| {
            for copy in 0..2 {
                let logs = files_of(profile, copy, "log")?;
                cut(logs.iter().max().context("there is no log")?, |len| len - 1)?;
            }
            Ok(())
        })
        .await
    }

    /// Ends Chromium, cuts the tables of a copy in half, after which it can never open it again, and starts it again.
    /// It shows nothing yet.
    pub async fn start_again_cut(&mut self, copy: usize) -> Result<()> {
        self.start_again_after(|profile| {
            let tables = files_of(profile, copy, "ldb")?;
            ensure!(!tables.is_empty(), "there is no table");
            tables.iter().try_for_each(|table| cut(table, |len| len / 2))
        })
        .await
    }

    /// The line that says what became of what is kept; empty where there is none.
    pub async fn notice(&self) -> Result<String> {
        self.text("return document.querySelector('.notice p')?.innerText ?? ''").await
    }

    /// Whether all is saved: `saved`, `saving` or `failed`.
    pub async fn chip(&self) -> Result<Value> {
        self.js("return one('.saving').dataset.state").await
    }

    /// Waits until the page says that something is not saved, and gives why.
    pub async fn until_not_saved(&self) -> Result<String> {
        self.until_is("Not saved", "return one('.saving').dataset.state", json!("failed")).await?;
        self.text("return one('.unsaved').innerText").await
    }
}

/// Files of one of the copies that Chromium keeps in a profile, with this ending.
fn files_of(profile: &Path, copy: usize, ending: &str) -> Result<Vec<PathBuf>> {
    let mut folders = vec![profile.join("Default").join(["IndexedDB", "WebStorage"][copy])];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|other| other == ending) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn cut(file: &Path, to: impl Fn(u64) -> u64) -> Result<()> {
    let file = fs::OpenOptions::new().write(true).open(file)?;
    Ok(file.set_len(to(file.metadata()?.len()))?)
}
