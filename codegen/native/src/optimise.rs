//! What Cranelift leaves undone: it knows no ranges, and computes the addresses and constants of
//! a loop anew in each round. Runs between its optimiser and its code generator, but for what
//! its optimiser would spoil.

mod addresses;
mod cleanup;
mod effects;
mod facts;
mod graph;
mod linear;
mod memory;
mod placement;
mod promises;
mod ranges;
mod repeats;
mod rotations;
mod strength;
mod sums;
mod widen;

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{Block, Function, InstBuilder, Opcode, Value};
use cranelift_codegen::Context;

use addresses::Shared;
use facts::Analysis;
use graph::Graph;
pub use promises::Promises;
use strength::Plans;
use widen::Steps;

/// Dropping a copy may make others drop; few are left after two rounds.
const MAX_ROUNDS: usize = 3;

/// What Cranelift's optimiser is to leave alone. Before it runs.
pub fn prepare(context: &mut Context) {
    sums::hide(&mut context.func);
}

/// Changes the function of `context` to a faster one that does the same and traps alike.
/// `has_rotation` says that the processor has an instruction for it.
pub fn run(context: &mut Context, promises: &mut Promises, has_rotation: bool) {
    let function = &mut context.func;
    function.dfg.resolve_all_aliases();
    sums::show(function);
    let mut graph = Graph::new(function);
    drop_copies(function, &graph);
    if split_entries(function, &graph) {
        graph = Graph::new(function);
    }
    repeats::share(function, &graph);
    repeats::hoist(function, &graph);
    memory::share_lengths(function, &graph, &mut promises.lengths);
    memory::drop_loads(function, &graph);
    let analysis = Analysis::new(function, &graph, promises);
    let plans = Plans::make(function, &graph, &analysis);
    let shared = Shared::find(function, &graph, analysis.numbers());
    let wide = Steps::find(function, &graph, analysis.numbers());
    let superfluous = analysis.superfluous().to_vec();
    let is_changed = !plans.is_empty() || !superfluous.is_empty() || !shared.is_empty();
    for inst in superfluous {
        function.layout.remove_inst(inst);
    }
    shared.apply(function);
    plans.apply(function, &graph);
    wide.apply(function);
    if has_rotation {
        rotations::run(function, &graph);
    }
    if is_changed {
        cleanup::run(function, &graph);
    }
    memory::hoist_lengths(function, &graph, &promises.lengths);
    placement::hoist_constants(function, &graph);
    placement::delay_steps(function, &graph);
    context.compute_cfg();
    context.compute_domtree();
}

/// Takes out block parameters that are handed one and the same value, or themselves, on each way.
fn drop_copies(function: &mut Function, graph: &Graph) {
    let mut is_changed = true;
    let mut rounds = 0;
    while is_changed && rounds < MAX_ROUNDS {
        is_changed = false;
        rounds += 1;
        for &block in graph.order.iter().skip(1) {
            let edges = graph.predecessors(block);
            for i in (0..function.dfg.num_block_params(block)).rev() {
                let parameter = function.dfg.block_params(block)[i];
                let mut passed = edges.iter().map(|edge| graph::arguments(function, *edge)[i]);
                let first = passed.find(|value| *value != parameter);
                let Some(value) = first else { continue };
                if passed.any(|other| other != parameter && other != value) {
                    continue;
                }
                for edge in edges {
                    let mut kept = graph::arguments(function, *edge);
                    kept.remove(i);
                    graph::set_call(function, *edge, block, &kept);
                }
                function.dfg.remove_block_param(parameter);
                function.dfg.change_to_alias(parameter, value);
                is_changed = true;
            }
        }
        function.dfg.resolve_all_aliases();
    }
}

/// Gives each loop one block from which it is entered and that leads nowhere else.
fn split_entries(function: &mut Function, graph: &Graph) -> bool {
    let mut is_changed = false;
    for this in &graph.loops {
        let is_plain =
            |edge: &graph::Edge| function.dfg.insts[edge.branch].opcode() == Opcode::Jump;
        if this.entries.is_empty() || this.entries.len() == 1 && is_plain(&this.entries[0]) {
            continue;
        }
        is_changed = true;
        let block = function.dfg.make_block();
        function.layout.insert_block(block, this.header);
        let passed = if let [entry] = this.entries[..] {
            let passed = graph::arguments(function, entry);
            graph::set_call(function, entry, block, &[]);
            passed
        } else {
            merge_entries(function, this, block)
        };
        let location = function.srcloc(this.entries[0].branch);
        let passed: Vec<_> = passed.into_iter().map(Into::into).collect();
        let mut cursor = FuncCursor::new(function).at_bottom(block).with_srcloc(location);
        cursor.ins().jump(this.header, &passed);
    }
    is_changed
}

fn merge_entries(function: &mut Function, this: &graph::Loop, block: Block) -> Vec<Value> {
    let parameters = function.dfg.block_params(this.header).to_vec();
    let made = parameters
        .into_iter()
        .map(|parameter| {
            let ty = function.dfg.value_type(parameter);
            function.dfg.append_block_param(block, ty)
        })
        .collect();
    for &entry in &this.entries {
        let passed = graph::arguments(function, entry);
        graph::set_call(function, entry, block, &passed);
    }
    made
}
