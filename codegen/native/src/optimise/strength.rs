//! Addresses that a loop computes from its counter become pointers that it moves on, and the test
//! at its end compares pointers where the counter is then needed for nothing else.

use std::collections::BTreeSet;

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::entity::{EntitySet, SecondaryMap};
use cranelift_codegen::ir::condcodes::{CondCode, IntCC};
use cranelift_codegen::ir::{
    types, Block, Function, Inst, InstBuilder, InstructionData, Opcode, Value, ValueDef,
};

use super::addresses::access;
use super::effects::is_pure;
use super::facts::Analysis;
use super::graph::{self, Edge, Graph, Loop};
use super::linear::{Linear, Scope};
use super::ranges::Range;

/// Pointers that one loop gets at most: each takes a register.
const MAX_POINTERS: usize = 6;
/// The same in a loop with calls, which leave fewer registers.
const MAX_POINTERS_WITH_CALLS: usize = 2;
/// How far apart the places may be that are reached through one pointer.
const REACH: i64 = 2047;
/// Numbers that stay apart when they are multiplied by the size of an element.
const SMALL: Range = Range { min: -(1 << 40), max: 1 << 40 };
/// How many values are followed to see what a counter is needed for.
const MAX_FOLLOWED: usize = 24;

/// Accesses whose addresses differ by constants only.
struct Group {
    /// The first access's address, its offset included.
    address: Linear,
    /// Each access and how far its place is from that.
    accesses: Vec<(Inst, i64)>,
    /// By how much it grows with each latch.
    steps: Vec<Linear>,
}

/// A loop's last test, where it may as well ask whether `variable + ahead` is not `limit`.
struct Test {
    variable: Value,
    latch: Edge,
    ahead: i64,
    limit: Linear,
    compare: Inst,
    /// Whether no two numbers that it may compare are the same times a small factor.
    is_small: bool,
}

struct Plan {
    number: usize,
    groups: Vec<Group>,
    test: Option<Test>,
}

/// A loop's variables: a parameter of the header, and what each latch adds.
type Variables = Vec<(Value, Vec<Linear>)>;

/// What is worth changing, decided while nothing has been changed yet.
pub struct Plans(Vec<Plan>);

impl Plans {
    pub fn make(function: &Function, graph: &Graph, analysis: &Analysis) -> Plans {
        let mut plans = Vec::new();
        let users = Users::new(function, graph);
        for number in (0..graph.loops.len()).rev() {
            let planner = Planner { function, graph, analysis, users: &users, number };
            plans.extend(planner.plan());
        }
        Plans(plans)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Changes the function; edges and blocks stay as they are.
    pub fn apply(self, function: &mut Function, graph: &Graph) {
        let mut users = Users::new(function, graph);
        for plan in self.0 {
            let mut change = Change { function, users: &mut users, graph, plan: &plan };
            change.apply();
        }
    }
}

struct Planner<'a> {
    function: &'a Function,
    graph: &'a Graph,
    analysis: &'a Analysis<'a>,
    users: &'a Users,
    number: usize,
}

impl Planner<'_> {
    fn this(&self) -> &Loop {
        &self.graph.loops[self.number]
    }

    fn scope(&self) -> Scope<'_> {
        Scope::new(self.function, self.graph, self.analysis.numbers(), self.number)
    }

    fn plan(&self) -> Option<Plan> {
        let this = self.this();
        let [entry] = this.entries[..] else { return None };
        if self.function.dfg.insts[entry.branch].opcode() != Opcode::Jump {
            return None;
        }
        let variables = self.variables();
        if variables.is_empty() {
            return None;
        }
        let mut groups = self.groups(&variables);
        let has_calls = this.blocks.iter().any(|block| {
            let mut all = self.function.layout.block_insts(*block);
            all.any(|inst| self.function.dfg.insts[inst].opcode().is_call())
        });
        let test = self.test(&variables);
        groups.retain(|group| self.is_worth_it(group, test.as_ref()));
        groups.truncate(if has_calls { MAX_POINTERS_WITH_CALLS } else { MAX_POINTERS });
        if groups.is_empty() {
            return None;
        }
        Some(Plan { number: self.number, groups, test })
    }

    fn variables(&self) -> Variables {
        let this = self.this();
        let scope = self.scope();
        let passed: Vec<Vec<Value>> =
            this.latches.iter().map(|edge| graph::arguments(self.function, *edge)).collect();
        let mut result = Vec::new();
        for (i, &parameter) in self.function.dfg.block_params(this.header).iter().enumerate() {
            if !matches!(self.function.dfg.value_type(parameter), types::I64 | types::I32) {
                continue;
            }
            let steps: Option<Vec<Linear>> = passed
                .iter()
                .map(|all| {
                    let mut step = scope.of(all[i])?;
                    step.add_term(parameter, -1);
                    scope.is_fixed(&step).then_some(step)
                })
                .collect();
            match steps {
                Some(steps) if steps.iter().any(|step| !step.is_zero()) => {
                    result.push((parameter, steps));
                }
                _ => {}
            }
        }
        result
    }

    fn groups(&self, variables: &Variables) -> Vec<Group> {
        let scope = self.scope();
        let mut groups: Vec<Group> = Vec::new();
        for &block in &self.this().blocks {
            if self.graph.innermost(block) != Some(self.number) {
                continue;
            }
            for inst in self.function.layout.block_insts(block) {
                let Some((address, offset)) = access(self.function, inst) else { continue };
                let Some(mut linear) = scope.of(address) else { continue };
                linear.constant = linear.constant.wrapping_add(offset);
                let near = groups.iter_mut().find(|group| {
                    group.address.terms == linear.terms
                        && linear
                            .constant
                            .checked_sub(group.address.constant)
                            .is_some_and(|distance| distance.abs() <= REACH)
                });
                match near {
                    Some(group) => {
                        let distance = linear.constant - group.address.constant;
                        group.accesses.push((inst, distance));
                    }
                    None => {
                        if let Some(steps) = self.steps(&linear, variables) {
                            groups.push(Group {
                                address: linear,
                                accesses: vec![(inst, 0)],
                                steps,
                            });
                        }
                    }
                }
            }
        }
        groups
    }

    /// By how much a number grows with each latch; `None` when it is no linear one of variables.
    fn steps(&self, linear: &Linear, variables: &Variables) -> Option<Vec<Linear>> {
        let scope = self.scope();
        let mut steps = vec![Linear::default(); self.this().latches.len()];
        let mut is_moving = false;
        for &(value, factor) in &linear.terms {
            if let Some((_, own)) = variables.iter().find(|(variable, _)| *variable == value) {
                is_moving = true;
                for (step, own) in steps.iter_mut().zip(own) {
                    step.add(own, factor)?;
                }
            } else if !scope.is_outside(value) {
                return None;
            }
        }
        is_moving.then_some(steps)
    }

    /// Worth it is what saves more than the one addition that it costs in each round.
    fn is_worth_it(&self, group: &Group, test: Option<&Test>) -> bool {
        let this = self.this();
        let is_always = group.accesses.iter().any(|(inst, _)| {
            let block = self.function.layout.inst_block(*inst);
            let mut latches = this.latches.iter();
            block.is_some_and(|b| latches.all(|edge| self.graph.dominates(b, edge.from)))
        });
        if !is_always {
            return false;
        }
        let mut computed = BTreeSet::new();
        for (inst, _) in &group.accesses {
            if let Some((address, _)) = access(self.function, *inst) {
                self.count(address, &mut computed, 0);
            }
        }
        let saved = computed.len();
        saved >= 2 || saved == 1 && test.is_some_and(|test| self.frees(group, test))
    }

    /// Collects the loop's own instructions that an address takes, from its variables on.
    fn count(&self, value: Value, computed: &mut BTreeSet<Inst>, depth: usize) {
        let ValueDef::Result(inst, _) = self.function.dfg.value_def(value) else { return };
        let block = self.function.layout.inst_block(inst);
        let opcode = self.function.dfg.insts[inst].opcode();
        let is_own = block.is_some_and(|block| self.graph.is_inside(block, self.number));
        if !is_own || depth > 4 || opcode == Opcode::Iconst {
            return;
        }
        let is_next = self
            .this()
            .latches
            .iter()
            .any(|edge| graph::arguments(self.function, *edge).contains(&value));
        if is_next {
            return;
        }
        // Extensions of what is an extended number already are no instructions.
        if !matches!(opcode, Opcode::Sextend | Opcode::Ireduce | Opcode::Uextend) {
            computed.insert(inst);
        }
        for arg in self.function.dfg.inst_args(inst) {
            self.count(*arg, computed, depth + 1);
        }
    }

    /// Whether the variable of the test serves nothing but this group and the test.
    fn frees(&self, group: &Group, test: &Test) -> bool {
        if !group.address.terms.iter().any(|(value, _)| *value == test.variable) {
            return false;
        }
        let except: Vec<Inst> = group.accesses.iter().map(|(inst, _)| *inst).collect();
        !self.users.is_needed(self.function, test, &except)
    }

    fn test(&self, variables: &Variables) -> Option<Test> {
        let this = self.this();
        let [latch] = this.latches[..] else { return None };
        let InstructionData::Brif { arg, blocks, .. } = &self.function.dfg.insts[latch.branch]
        else {
            return None;
        };
        let pool = &self.function.dfg.value_lists;
        if self.graph.is_inside(blocks[1 - latch.slot].block(pool), self.number) {
            return None;
        }
        let compare = self.function.dfg.value_def(*arg).inst()?;
        let InstructionData::IntCompare { cond, args: [x, y], .. } =
            self.function.dfg.insts[compare]
        else {
            return None;
        };
        let cond = if latch.slot == 0 { cond } else { cond.complement() };
        let scope = self.scope();
        for (cond, x, y) in [(cond, x, y), (cond.swap_args(), y, x)] {
            let (x, limit) = (scope.of(x)?, scope.of(y)?);
            let &[(variable, 1)] = &x.terms[..] else { continue };
            let Some((_, steps)) = variables.iter().find(|(v, _)| *v == variable) else {
                continue;
            };
            let step = steps[0].as_constant();
            if !scope.is_fixed(&limit) || step != Some(x.constant) || limit.terms.len() > 1 {
                continue;
            }
            let ahead = x.constant;
            let test = Test { variable, latch, ahead, limit, compare, is_small: false };
            return self.is_exact(cond, ahead, test, y);
        }
        None
    }

    /// The test as one for inequality, if it meets its limit exactly.
    fn is_exact(&self, cond: IntCC, step: i64, mut test: Test, y: Value) -> Option<Test> {
        let header = self.this().header;
        let numbers = self.analysis.numbers();
        let variable = numbers.range(self.function, test.variable);
        let limit = numbers.range(self.function, y);
        test.is_small = variable.is_inside(SMALL) && limit.is_inside(SMALL);
        let is_same_sign = variable.min >= 0 && limit.min >= 0;
        let cond = match cond {
            IntCC::UnsignedLessThan if is_same_sign => IntCC::SignedLessThan,
            IntCC::UnsignedGreaterThan if is_same_sign => IntCC::SignedGreaterThan,
            other => other,
        };
        let holds = match (cond, step) {
            (IntCC::SignedLessThan, 1) => {
                variable.max < limit.min || self.analysis.is_less(test.variable, y, header)
            }
            (IntCC::SignedGreaterThan, -1) => {
                variable.min > limit.max || self.analysis.is_less(y, test.variable, header)
            }
            (IntCC::SignedLessThanOrEqual, 1) => {
                test.limit.constant = test.limit.constant.checked_add(1)?;
                variable.max <= limit.min
            }
            (IntCC::SignedGreaterThanOrEqual, -1) => {
                test.limit.constant = test.limit.constant.checked_sub(1)?;
                variable.min >= limit.max
            }
            (IntCC::NotEqual, _) => true,
            _ => false,
        };
        holds.then_some(test)
    }
}

/// Which instructions use a value, or have used it.
struct Users(SecondaryMap<Value, Vec<Inst>>);

impl Users {
    fn new(function: &Function, graph: &Graph) -> Users {
        let mut users = Users(SecondaryMap::new());
        for &block in &graph.order {
            for inst in function.layout.block_insts(block) {
                users.add(function, inst);
            }
        }
        users
    }

    fn add(&mut self, function: &Function, inst: Inst) {
        for value in function.dfg.inst_values(inst) {
            self.0[function.dfg.resolve_aliases(value)].push(inst);
        }
    }

    /// Whether the variable of `test` is needed for more than its own next value, the test, and
    /// the addresses of `except`.
    fn is_needed(&self, function: &Function, test: &Test, except: &[Inst]) -> bool {
        let mut work = vec![test.variable];
        let mut seen = EntitySet::<Value>::new();
        let mut followed = 0;
        while let Some(value) = work.pop() {
            if !seen.insert(value) {
                continue;
            }
            followed += 1;
            if followed > MAX_FOLLOWED {
                return true;
            }
            for &user in &self.0[value] {
                let is_user = function
                    .dfg
                    .inst_values(user)
                    .any(|v| function.dfg.resolve_aliases(v) == value);
                if !is_user || user == test.compare {
                    continue;
                }
                if user == test.latch.branch {
                    let header = calls_header(function, test);
                    let is_own = graph::arguments(function, test.latch)
                        .iter()
                        .zip(function.dfg.block_params(header))
                        .all(|(argument, parameter)| {
                            *argument != value || *parameter == test.variable
                        });
                    let other = Edge { slot: 1 - test.latch.slot, ..test.latch };
                    if !is_own || graph::arguments(function, other).contains(&value) {
                        return true;
                    }
                    continue;
                }
                let data = &function.dfg.insts[user];
                if except.contains(&user) {
                    let stores_it = matches!(data, InstructionData::Store { args, .. }
                        if function.dfg.resolve_aliases(args[0]) == value);
                    if stores_it {
                        return true;
                    }
                    continue;
                }
                if !is_pure(data.opcode()) {
                    return true;
                }
                work.extend(function.dfg.inst_results(user));
            }
        }
        false
    }
}

fn calls_header(function: &Function, test: &Test) -> Block {
    graph::calls(function, test.latch.branch)[test.latch.slot].block(&function.dfg.value_lists)
}

struct Change<'a> {
    function: &'a mut Function,
    users: &'a mut Users,
    graph: &'a Graph,
    plan: &'a Plan,
}

impl Change<'_> {
    fn apply(&mut self) {
        let mut pointers = Vec::new();
        for group in &self.plan.groups {
            pointers.push(self.pointer(group));
        }
        let Some(test) = &self.plan.test else { return };
        if self.users.is_needed(self.function, test, &[]) {
            return;
        }
        let usable = self.plan.groups.iter().zip(&pointers).find(|(group, _)| {
            let others = group.address.terms.iter().filter(|(value, _)| *value == test.variable);
            // Only this variable moves the pointer.
            others.count() == 1
                && (test.is_small || factor(group, test).abs() == 1)
                && group.steps[0].as_constant().is_some_and(|step| {
                    step != 0 && step == factor(group, test).wrapping_mul(test.ahead)
                })
        });
        if let Some((group, (_, next))) = usable {
            self.compare(group, test, *next);
        }
    }

    fn entry(&self) -> Edge {
        self.graph.loops[self.plan.number].entries[0]
    }

    /// A pointer for a group: the loop's parameter, and its next value at the first latch.
    fn pointer(&mut self, group: &Group) -> (Value, Value) {
        let this = &self.graph.loops[self.plan.number];
        let header = this.header;
        let entry = self.entry();
        let mut first = group.address.clone();
        let initial = graph::arguments(self.function, entry);
        let parameters = self.function.dfg.block_params(header).to_vec();
        for (parameter, value) in parameters.iter().zip(&initial) {
            first.replace(*parameter, *value);
        }
        let start = self.emit(&first, entry.branch);
        let pointer = self.function.dfg.append_block_param(header, types::I64);
        let mut initial = initial;
        initial.push(start);
        graph::set_call(self.function, entry, header, &initial);
        self.users.add(self.function, entry.branch);
        let mut nexts = Vec::new();
        for (latch, step) in this.latches.iter().zip(&group.steps) {
            let next = match step.as_constant() {
                Some(step) => self.insert(latch.branch, |at| {
                    let step = at.ins().iconst(types::I64, step);
                    at.ins().iadd(pointer, step)
                }),
                None => {
                    let step = self.emit(step, entry.branch);
                    self.insert(latch.branch, |at| at.ins().iadd(pointer, step))
                }
            };
            let mut passed = graph::arguments(self.function, *latch);
            passed.push(next);
            graph::set_call(self.function, *latch, header, &passed);
            self.users.add(self.function, latch.branch);
            nexts.push(next);
        }
        for &(inst, distance) in &group.accesses {
            match &mut self.function.dfg.insts[inst] {
                InstructionData::Load { arg, offset, .. } => {
                    *arg = pointer;
                    *offset = (distance as i32).into();
                }
                InstructionData::Store { args, offset, .. } => {
                    args[1] = pointer;
                    *offset = (distance as i32).into();
                }
                _ => {}
            }
            self.users.add(self.function, inst);
        }
        (pointer, nexts[0])
    }

    /// Compares the pointer with what it is when the variable meets its limit.
    fn compare(&mut self, group: &Group, test: &Test, next: Value) {
        let mut end = group.address.clone();
        let factor = end.remove(test.variable);
        if end.add(&test.limit, factor).is_none() {
            return;
        }
        let entry = self.entry();
        let header = self.graph.loops[self.plan.number].header;
        let parameters = self.function.dfg.block_params(header).to_vec();
        for (parameter, value) in parameters.iter().zip(graph::arguments(self.function, entry)) {
            end.replace(*parameter, value);
        }
        let end = self.emit(&end, entry.branch);
        let code = if test.latch.slot == 0 { IntCC::NotEqual } else { IntCC::Equal };
        let condition = self.insert(test.latch.branch, |at| at.ins().icmp(code, next, end));
        if let InstructionData::Brif { arg, .. } = &mut self.function.dfg.insts[test.latch.branch] {
            *arg = condition;
        }
        self.users.add(self.function, test.latch.branch);
    }

    /// Computes a number before `place`.
    fn emit(&mut self, linear: &Linear, place: Inst) -> Value {
        self.insert(place, |at| linear.emit(at))
    }

    fn insert(&mut self, place: Inst, make: impl FnOnce(&mut FuncCursor) -> Value) -> Value {
        let before = self.function.dfg.num_insts();
        let location = self.function.srcloc(place);
        let mut cursor = FuncCursor::new(self.function).at_inst(place).with_srcloc(location);
        let value = make(&mut cursor);
        for number in before..self.function.dfg.num_insts() {
            self.users.add(self.function, Inst::from_u32(number as u32));
        }
        value
    }
}

fn factor(group: &Group, test: &Test) -> i64 {
    let mut terms = group.address.terms.iter();
    terms.find(|(value, _)| *value == test.variable).map_or(0, |(_, factor)| *factor)
}
