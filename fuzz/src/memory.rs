//! How much memory a piece of work takes, counted for each thread by the allocator of this crate's programs.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static NOW: Cell<usize> = const { Cell::new(0) };
    static MOST: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, with a count of what each thread holds.
struct Counting;

fn count(size: usize, freed: usize) {
    // A thread that ends frees after its counts are gone.
    let _ = NOW.try_with(|now| {
        now.set(now.get().wrapping_add(size).wrapping_sub(freed));
        let _ = MOST.try_with(|most| most.set(most.get().max(now.get())));
    });
}

// SAFETY: every call goes to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(0, layout.size());
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Does some work in this thread; gives how many bytes it held at most beyond what was held before.
pub fn most_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    NOW.set(1 << 40);
    MOST.set(1 << 40);
    let done = work();
    (done, MOST.get() - (1 << 40))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_at_once_counts() {
        let (_, most) = most_of(|| {
            for _ in 0..9 {
                std::hint::black_box(vec![0_u8; 10_000]);
            }
        });
        assert_eq!(most, 10_000);
        let (kept, most) = most_of(|| [vec![0_u8; 10_000], vec![0_u8; 10_000]]);
        assert_eq!((kept.len(), most), (2, 20_000));
    }
}
