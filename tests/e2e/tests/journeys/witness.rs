//! The witness of every journey: what the page's security policy forbids must be heard.

use e2e::page::Screen;
use e2e::{Page, Result, ensure};

#[tokio::test]
async fn what_the_policy_forbids_is_forbidden_and_heard() -> Result<()> {
    let page = Page::start(Screen::WIDE).await?;
    let heard = async {
        page.open().await?;
        ensure!(page.complaints().await?.is_empty(), "something is wrong before anything is tried");
        for (attempt, directive) in [
            ("document.body.setAttribute('style', 'color: red')", "style-src"),
            ("document.body.insertAdjacentHTML('beforeend', '<p>')", "require-trusted-types-for"),
            ("fetch('http://127.0.0.1:1/').catch(() => {})", "connect-src"),
            ("const image = new Image(); image.src = 'http://127.0.0.1:1/x.png'", "img-src"),
        ] {
            // Some attempts throw, some are only ignored.
            let _ = page.js(attempt).await;
            let script = format!("return complaints.some(complaint => complaint.startsWith('policy: {directive}'))");
            page.until_js(&format!("a complaint of {directive}"), &script).await?;
        }
        Ok(())
    };
    let heard = heard.await;
    page.close().await?;
    heard
}
