//! Takes out what is computed and never needed, a loop's variables that only feed themselves
//! included.

use cranelift_codegen::entity::EntitySet;
use cranelift_codegen::ir::{Function, Inst, Value, ValueDef};

use super::effects::is_pure;
use super::graph::{self, Graph};

pub fn run(function: &mut Function, graph: &Graph) {
    let needed = needed(function, graph);
    let mut unused: Vec<Inst> = Vec::new();
    for &block in &graph.order {
        unused.extend(function.layout.block_insts(block).filter(|inst| {
            is_pure(function.dfg.insts[*inst].opcode())
                && !function.dfg.inst_results(*inst).iter().any(|value| needed.contains(*value))
        }));
    }
    for inst in unused {
        function.layout.remove_inst(inst);
    }
    for &block in graph.order.iter().skip(1) {
        let parameters = function.dfg.block_params(block).to_vec();
        if parameters.iter().all(|parameter| needed.contains(*parameter)) {
            continue;
        }
        for &edge in graph.predecessors(block) {
            let passed = graph::arguments(function, edge);
            let kept = passed.iter().zip(&parameters);
            let kept: Vec<Value> =
                kept.filter(|(_, p)| needed.contains(**p)).map(|(value, _)| *value).collect();
            graph::set_call(function, edge, block, &kept);
        }
        for parameter in parameters {
            if !needed.contains(parameter) {
                function.dfg.remove_block_param(parameter);
            }
        }
    }
}

fn needed(function: &Function, graph: &Graph) -> EntitySet<Value> {
    let dfg = &function.dfg;
    let mut needed = EntitySet::new();
    let mut work: Vec<Value> = Vec::new();
    for &block in &graph.order {
        for inst in function.layout.block_insts(block) {
            if !is_pure(dfg.insts[inst].opcode()) {
                // Those of a branch's destinations are not among them.
                work.extend(dfg.inst_args(inst));
            }
        }
    }
    while let Some(value) = work.pop() {
        let value = dfg.resolve_aliases(value);
        if !needed.insert(value) {
            continue;
        }
        match dfg.value_def(value) {
            ValueDef::Result(inst, _) => work.extend(dfg.inst_args(inst)),
            ValueDef::Param(block, i) => {
                for &edge in graph.predecessors(block) {
                    work.extend(graph::arguments(function, edge).get(i));
                }
            }
            ValueDef::Union(x, y) => work.extend([x, y]),
        }
    }
    needed
}
