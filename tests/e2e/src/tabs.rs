//! A second window of the same browser, and going from one to the other.

use crate::Page;
use anyhow::Result;
use fantoccini::wd::WindowHandle;

impl Page {
    /// The window that is in hand.
    pub async fn window(&self) -> Result<WindowHandle> {
        Ok(self.client().window().await?)
    }

    /// Takes another window in hand.
    pub async fn to_window(&self, window: &WindowHandle) -> Result<()> {
        self.keep_complaints().await?;
        Ok(self.client().switch_to_window(window.clone()).await?)
    }

    /// Opens one more window and takes it in hand; it shows nothing yet.
    pub async fn new_window(&self) -> Result<WindowHandle> {
        let window = self.client().new_window(false).await?.handle;
        self.to_window(&window).await?;
        self.resize(self.screen()).await?;
        Ok(window)
    }
}
