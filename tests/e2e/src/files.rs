//! Files that come in: chosen in the browser's dialog, or dropped; and text from the clipboard.

use crate::Page;
use crate::wait::within;
use anyhow::{Context, Result};
use fantoccini::Locator;
use serde_json::{Value, json};

impl Page {
    /// Chooses files, given by name and bytes, as with the browser's own dialog.
    pub async fn choose_files(&self, files: &[(&str, &[u8])]) -> Result<()> {
        let mut paths = Vec::new();
        for (name, bytes) in files {
            let path = self.folder().join(name);
            std::fs::write(&path, bytes)?;
            paths.push(path.to_str().context("a path in Unicode")?.to_owned());
        }
        self.press("o").await?;
        self.until_js("the field for files", "return document.querySelector('#files')").await?;
        let field = within("the field for files", self.client().find(Locator::Css("#files"))).await?;
        within("files", field.send_keys(&paths.join("\n"))).await
    }

    /// Drops files on the page: real files in a real event, only the hand that lets go is missing.
    pub async fn drop_files(&self, files: &[(&str, &[u8])]) -> Result<()> {
        let script = "const data = new DataTransfer();
            for (const [name, bytes] of given) data.items.add(new File([new Uint8Array(bytes)], name));
            const event = kind =>
                one('main').dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
            event('dragenter');
            event('dragover');
            const hint = new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            hint.then(() => {
                const shows = !!document.querySelector('.drop');
                event('drop');
                done(shows);
            });";
        let given: Vec<_> = files.iter().map(|(name, bytes)| json!([name, bytes])).collect();
        let shows = self.js_async(script, Value::from(given)).await?;
        anyhow::ensure!(shows == json!(true), "nothing says that files can be dropped here");
        Ok(())
    }

    /// Puts a text on the clipboard, just as it is, by the keys for copying.
    pub async fn copy(&self, text: &str) -> Result<()> {
        self.copy_as(&[("text/plain", text)]).await
    }

    /// Puts the same thing on the clipboard in several forms.
    pub async fn copy_as(&self, forms: &[(&str, &str)]) -> Result<()> {
        let script = "window.copied = false;
            const kinds = ['beforecopy', 'copy'];
            const give = event => {
                event.preventDefault();
                event.stopImmediatePropagation();
                if (event.type !== 'copy') return;
                given.forEach(([form, content]) => event.clipboardData.setData(form, content));
                window.copied = true;
                kinds.forEach(kind => removeEventListener(kind, give, true));
            };
            kinds.forEach(kind => addEventListener(kind, give, true))";
        self.js_with(script, json!(forms)).await?;
        self.press("Control+c").await?;
        self.until_js("a copy", "return window.copied").await.map(drop)
    }

    /// The text on the clipboard, as a page gets it that is pasted into.
    pub async fn pasted(&self) -> Result<String> {
        let script = "window.pasted = null;
            const kinds = ['beforepaste', 'paste'];
            const take = event => {
                event.preventDefault();
                event.stopImmediatePropagation();
                if (event.type !== 'paste') return;
                window.pasted = [event.clipboardData.getData('text/plain')];
                kinds.forEach(kind => removeEventListener(kind, take, true));
            };
            kinds.forEach(kind => addEventListener(kind, take, true))";
        self.js(script).await?;
        self.press("Control+v").await?;
        let pasted = self.until_js("a paste", "return window.pasted").await?;
        pasted[0].as_str().map(str::to_owned).context("a text")
    }
}
