#include "weights/torch/pickle.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "weights/torch/objects.hpp"

namespace fer::weights::pickle {
namespace {

constexpr int kOldestProtocol = 2;
constexpr int kNewestProtocol = 4;

TorchRefusal brokenPickle(const std::string& what) {
  return damagedTorchFile("in its pickle " + what);
}

/// Python's pickle machine: a stack, marks on it, a memo.
class Machine {
 public:
  Machine(ByteReader& bytes, Heap& heap) : bytes_(bytes), heap_(heap), begin_(bytes.position()) {}

  Value run();

  void proto() {
    const int version = bytes_.number<std::uint8_t>();
    if (version < kOldestProtocol || version > kNewestProtocol)
      throw notAStateDict("its pickle has protocol " + std::to_string(version) + ", expected 2, 3 or 4");
  }
  void frame() {
    if (bytes_.number<std::uint64_t>() > bytes_.left()) throw brokenPickle("a frame is longer than the file");
  }
  void stop() { stopped_ = true; }

  void none() { push({Kind::kNone, 0}); }
  void newTrue() { push({Kind::kBool, 1}); }
  void newFalse() { push({Kind::kBool, 0}); }
  template <typename T>
  void integer() {
    push({Kind::kInt, bytes_.number<T>()});
  }
  void long1();
  void floating() {
    bytes_.take(sizeof(double));
    push({Kind::kFloat, 0});
  }
  template <typename Length>
  void text() {
    const auto length = bytes_.number<Length>();
    push(heap_.addText(Kind::kText, bytes_.take(length)));
  }

  void mark() { marks_.push_back(stack_.size()); }
  template <Kind kKind>
  void empty() {
    push(heap_.addSequence(kKind, {}));
  }
  void tuple() { push(heap_.addSequence(Kind::kTuple, popToMark())); }
  template <int kCount>
  void smallTuple();
  void append() {
    const Value item = pop();
    heap_.sequence(top(Kind::kList)).push_back(item);
  }
  void appends() { extend(Kind::kList, popToMark()); }
  void setItem() {
    const Value value = pop();
    const Value key = pop();
    extend(Kind::kDict, {key, value});
  }
  void setItems();

  template <typename Index>
  void get() {
    const auto index = bytes_.number<Index>();
    if (index >= memo_.size() || memo_[index].kind == Kind::kUnset)
      throw brokenPickle("the memo has no entry " + std::to_string(index));
    push(memo_[index]);
  }
  template <typename Index>
  void put() {
    remember(bytes_.number<Index>());
  }
  void memoize() { remember(memoized_); }

  void global() {
    const std::string_view module = bytes_.line();
    push(findGlobal(module, bytes_.line()));
  }
  void stackGlobal() {
    const Value name = pop(Kind::kText);
    const Value module = pop(Kind::kText);
    push(findGlobal(heap_.text(module), heap_.text(name)));
  }
  void reduce() {
    const Value arguments = pop(Kind::kTuple);
    push(callGlobal(heap_, pop(Kind::kGlobal), arguments, copies_left_));
  }
  void build() {
    const Value state = pop();
    setState(heap_, top(), state);
  }
  void persistentId() { push(findStorage(heap_, pop(Kind::kTuple))); }

 private:
  void push(Value value) { stack_.push_back(value); }
  std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }
  Value top() const {
    if (stack_.size() <= floor()) throw brokenPickle("the stack runs empty");
    return stack_.back();
  }
  Value top(Kind kind) const { return expect(top(), kind); }
  Value pop() {
    const Value value = top();
    stack_.pop_back();
    return value;
  }
  Value pop(Kind kind) { return expect(pop(), kind); }
  static Value expect(Value value, Kind kind) {
    if (value.kind != kind)
      throw brokenPickle(std::string("there is ") + describe(value.kind) + " where " + describe(kind) + " is needed");
    return value;
  }
  std::vector<Value> popToMark();
  void extend(Kind kind, const std::vector<Value>& items) {
    std::vector<Value>& all = heap_.sequence(top(kind));
    all.insert(all.end(), items.begin(), items.end());
  }
  void remember(std::size_t index);

  ByteReader& bytes_;
  Heap& heap_;
  std::size_t begin_;
  std::size_t copies_left_ = bytes_.left();  ///< items that calls may copy: what is written once is copied once
  std::vector<Value> stack_;
  std::vector<std::size_t> marks_;
  std::vector<Value> memo_;
  std::size_t memoized_ = 0;  ///< places of the memo that are set
  bool stopped_ = false;
};

void Machine::long1() {
  const std::string_view digits = bytes_.take(bytes_.number<std::uint8_t>());
  if (digits.size() > sizeof(std::int64_t)) return push(heap_.addText(Kind::kLong, digits));
  // Two's complement: the last byte's highest bit is the sign.
  const bool negative = !digits.empty() && static_cast<signed char>(digits.back()) < 0;
  std::int64_t value = negative ? -1 : 0;
  std::memcpy(&value, digits.data(), digits.size());
  push({Kind::kInt, value});
}

template <int kCount>
void Machine::smallTuple() {
  std::vector<Value> items(kCount);
  for (int i = kCount; i-- > 0;) items[static_cast<std::size_t>(i)] = pop();
  push(heap_.addSequence(Kind::kTuple, std::move(items)));
}

void Machine::setItems() {
  const std::vector<Value> items = popToMark();
  if (items.size() % 2 != 0) throw brokenPickle("a dict has a key without a value");
  extend(Kind::kDict, items);
}

std::vector<Value> Machine::popToMark() {
  if (marks_.empty()) throw brokenPickle("a mark is missing");
  const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  std::vector<Value> items(first, stack_.end());
  stack_.erase(first, stack_.end());
  marks_.pop_back();
  return items;
}

/// Pickles number the memo from 0 or 1 on, so an index beyond the bytes read so far is none of theirs.
void Machine::remember(std::size_t index) {
  if (index >= bytes_.position() - begin_)
    throw brokenPickle("memo index " + std::to_string(index) + " is out of range");
  if (index >= memo_.size()) memo_.resize(index + 1);
  if (memo_[index].kind == Kind::kUnset) ++memoized_;
  memo_[index] = top();
}

struct Opcode {
  unsigned char code;
  const char* name;
  void (Machine::*run)();  ///< nothing where the opcode is refused
};

constexpr Opcode kOpcodes[] = {
    {0x80, "PROTO", &Machine::proto},
    {0x95, "FRAME", &Machine::frame},
    {'.', "STOP", &Machine::stop},
    {'N', "NONE", &Machine::none},
    {0x88, "NEWTRUE", &Machine::newTrue},
    {0x89, "NEWFALSE", &Machine::newFalse},
    {'J', "BININT", &Machine::integer<std::int32_t>},
    {'K', "BININT1", &Machine::integer<std::uint8_t>},
    {'M', "BININT2", &Machine::integer<std::uint16_t>},
    {0x8a, "LONG1", &Machine::long1},
    {'G', "BINFLOAT", &Machine::floating},
    {'X', "BINUNICODE", &Machine::text<std::uint32_t>},
    {0x8c, "SHORT_BINUNICODE", &Machine::text<std::uint8_t>},
    {'T', "BINSTRING", &Machine::text<std::uint32_t>},
    {'U', "SHORT_BINSTRING", &Machine::text<std::uint8_t>},
    {'(', "MARK", &Machine::mark},
    {')', "EMPTY_TUPLE", &Machine::empty<Kind::kTuple>},
    {']', "EMPTY_LIST", &Machine::empty<Kind::kList>},
    {'}', "EMPTY_DICT", &Machine::empty<Kind::kDict>},
    {'t', "TUPLE", &Machine::tuple},
    {0x85, "TUPLE1", &Machine::smallTuple<1>},
    {0x86, "TUPLE2", &Machine::smallTuple<2>},
    {0x87, "TUPLE3", &Machine::smallTuple<3>},
    {'a', "APPEND", &Machine::append},
    {'e', "APPENDS", &Machine::appends},
    {'s', "SETITEM", &Machine::setItem},
    {'u', "SETITEMS", &Machine::setItems},
    {'h', "BINGET", &Machine::get<std::uint8_t>},
    {'j', "LONG_BINGET", &Machine::get<std::uint32_t>},
    {'q', "BINPUT", &Machine::put<std::uint8_t>},
    {'r', "LONG_BINPUT", &Machine::put<std::uint32_t>},
    {0x94, "MEMOIZE", &Machine::memoize},
    {'c', "GLOBAL", &Machine::global},
    {0x93, "STACK_GLOBAL", &Machine::stackGlobal},
    {'R', "REDUCE", &Machine::reduce},
    {'b', "BUILD", &Machine::build},
    {'Q', "BINPERSID", &Machine::persistentId},
    {'0', "POP", nullptr},
    {'1', "POP_MARK", nullptr},
    {'2', "DUP", nullptr},
    {'F', "FLOAT", nullptr},
    {'I', "INT", nullptr},
    {'L', "LONG", nullptr},
    {0x8b, "LONG4", nullptr},
    {'P', "PERSID", nullptr},
    {'S', "STRING", nullptr},
    {'V', "UNICODE", nullptr},
    {0x8d, "BINUNICODE8", nullptr},
    {'B', "BINBYTES", nullptr},
    {'C', "SHORT_BINBYTES", nullptr},
    {0x8e, "BINBYTES8", nullptr},
    {0x96, "BYTEARRAY8", nullptr},
    {0x97, "NEXT_BUFFER", nullptr},
    {0x98, "READONLY_BUFFER", nullptr},
    {'d', "DICT", nullptr},
    {'l', "LIST", nullptr},
    {0x8f, "EMPTY_SET", nullptr},
    {0x90, "ADDITEMS", nullptr},
    {0x91, "FROZENSET", nullptr},
    {'g', "GET", nullptr},
    {'p', "PUT", nullptr},
    {'i', "INST", nullptr},
    {'o', "OBJ", nullptr},
    {0x81, "NEWOBJ", nullptr},
    {0x92, "NEWOBJ_EX", nullptr},
    {0x82, "EXT1", nullptr},
    {0x83, "EXT2", nullptr},
    {0x84, "EXT4", nullptr},
};

const Opcode& findOpcode(unsigned char code) {
  for (const Opcode& opcode : kOpcodes)
    if (opcode.code == code) {
      if (opcode.run == nullptr)
        throw notAStateDict(std::string("its pickle has the opcode ") + opcode.name + ", which no state dict needs");
      return opcode;
    }
  throw brokenPickle("there is no opcode " + std::to_string(code));
}

Value Machine::run() {
  while (!stopped_) (this->*findOpcode(bytes_.number<std::uint8_t>()).run)();
  if (!marks_.empty()) throw brokenPickle("a mark is left over");
  const Value result = pop();
  if (!stack_.empty()) throw brokenPickle("values are left over");
  return result;
}

}  // namespace

Value readPickle(ByteReader& bytes, Heap& heap) {
  return Machine(bytes, heap).run();
}

}  // namespace fer::weights::pickle
