//! The automated accessibility check, and what it can't see.

use crate::wait::within;
use crate::{Page, setup};
use anyhow::{Result, ensure};
use serde_json::json;

/// The rules of WCAG 2.2, levels A and AA, and good practice.
const RULES: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

impl Page {
    /// Checks what is shown now; `screen` is how a report calls it.
    pub async fn check_access(&self, screen: &str) -> Result<()> {
        if self.js("return typeof axe").await? == json!("undefined") {
            within("axe-core", self.client().execute(&setup::axe()?, vec![])).await?;
        }
        self.settled().await?;
        let script = "axe.run(document, { runOnly: given, resultTypes: ['violations'] }).then(
            found => done(found.violations.map(({ id, help, nodes }) =>
                ({ id, help, where: nodes.slice(0, 5).map(node => `${node.html} :: ${node.failureSummary}`) }))),
            error => done([String(error)]))";
        let found = self.js_async(script, json!(RULES)).await?;
        let none = found.as_array().is_some_and(Vec::is_empty);
        ensure!(none, "on the screen “{screen}”: {found:#}");
        Ok(())
    }

    /// Waits until nothing moves: colours in the middle of a transition would be judged wrongly.
    pub async fn settled(&self) -> Result<()> {
        self.frames().await?;
        self.until_js("the end of motion", "return document.getAnimations().every(a => a.playState !== 'running')")
            .await?;
        Ok(())
    }

    /// Nothing is wider than the window.
    pub async fn check_width(&self, screen: &str) -> Result<()> {
        let script = "const root = document.documentElement;
            const over = element => element.scrollWidth > element.clientWidth + 1
                && !['visible', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
            const wide = all('main, .text, .side, .articles, dialog, .page').filter(over).map(e => e.className || e.localName);
            if (root.scrollWidth > root.clientWidth) wide.push(`page ${root.scrollWidth} > ${root.clientWidth}`);
            return wide";
        let wide = self.js(script).await?;
        ensure!(wide == json!([]), "on the screen “{screen}” one must scroll sideways: {wide}");
        Ok(())
    }

    /// The focus is on something that can be seen, and shows it.
    pub async fn check_focus(&self, step: &str) -> Result<()> {
        let script = "const element = document.activeElement;
            if (!element || element === document.body) return 'the focus is lost';
            if (!shown(element)) return `${element.outerHTML.slice(0, 80)} is not seen`;
            const seen = target => [null, '::before', '::after'].some(part => {
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(target, part);
                return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
            });
            const text = element.matches('.page')
                && (chosen() || all('.page .caret, .page .handle').some(line => shown(line) && !line.hidden));
            return seen(element) || text || element.matches('h1[tabindex], h2[tabindex]')
                ? '' : `${element.outerHTML.slice(0, 120)} does not show the focus`;";
        let wrong = self.js(script).await?;
        ensure!(wrong == "", "after {step}: {wrong}");
        Ok(())
    }
}
