//! x
use e2e::{Result, Settings, journey, json, long, Value};
#[tokio::test]
async fn probe() -> Result<()> {
    journey("probe", Settings::LAPTOP, async |page| {
        page.open_long().await?;
        page.js("window.log=[]; for (const k of ['pointerdown','pointermove','pointerup','mousedown','mousemove','mouseup','click','selectionchange','dragstart','pointercancel']) document.addEventListener(k, e => log.push([k, e.buttons, e.clientX, e.clientY, Math.round(e.timeStamp)].join(' ')), true)").await?;
        let from = page.place_in_sight("Passengers have doubled since then, so file 0001").await?.from;
        let middle = page.middle_of_text().await?;
        page.mouse_down((from.0 + 1.0, from.1)).await?;
        page.mouse_to((middle.0, middle.1 + 100.0)).await?;
        page.mouse_to((middle.0, 838.0)).await?;
        page.frames().await?;
        println!("{:#}", page.js("return [log, String(getSelection()), chosen(), one('.text').scrollTop]").await?);
        let _ = (json!(1), long::text(), Value::Null);
        for _ in 0..8 { page.frames().await?; }
        println!("{:#}", page.js("return [log.length, String(getSelection()).length, chosen().length, one('.text').scrollTop]").await?);
        Ok(())
    }).await
}
