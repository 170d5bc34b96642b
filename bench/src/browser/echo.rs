//! What a change of the app's page takes by its elements alone, with no program running: the least that any program
//! with these elements could take (see `bench/pages/echo.js`).

use super::stage::Stage;
use e2e::Result;

/// Times that a change is done again.
const TIMES: usize = 15;

/// Does a change once by the app and then again and again without it; gives how long each of those took.
pub async fn of(stage: &Stage, change: impl AsyncFnOnce() -> Result<()>) -> Result<Vec<f64>> {
    stage.js("bench.echo.listen()").await?;
    change().await?;
    stage.js("bench.frames().then(bench.echo.shown)").await?;
    stage.until_saved().await?;
    stage.js("bench.echo.start()").await?;
    let mut busy = Vec::new();
    for i in 0..TIMES {
        if i > 0 {
            stage.js("bench.echo.back()").await?;
        }
        stage.frames().await?;
        busy.push(stage.busy(async || stage.press("2").await).await?);
    }
    stage.js("bench.echo.end()").await?;
    stage.until_saved().await?;
    Ok(busy)
}
