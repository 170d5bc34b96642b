//! The core's operations under criterion, each at 1 to 16 times the work: `cargo bench -p bench`.

use bench::operations::{ALL, SIZES, measured};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::time::Duration;

fn core(criterion: &mut Criterion) {
    for operation in ALL {
        let mut group = criterion.benchmark_group(operation.name);
        for size in SIZES {
            let mut work = (operation.prepare)(size);
            group.throughput(Throughput::Elements(measured(&mut work)));
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| bencher.iter(|| measured(&mut work)));
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    // A minute or two for all of them.
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    targets = core
}
criterion_main!(benches);
