// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Market } from "../../../src/Market.sol";
import { Vault } from "../../../src/Vault.sol";
import { Model, Task } from "../../../src/types/Task.sol";
import { Answers } from "../Answers.sol";
import { MoodyVerifier } from "../MoodyVerifier.sol";

/// @notice The rules of the protocol told a second time, in the plainest way: what every account must own, what every task
/// owes, and which call must succeed now. The handlers act and write here; the invariants compare this with the chain.
contract Ledger {
    struct Known {
        Task task;
        bytes32 id;
        uint32 shards;
        uint256 deposit;
        uint256 paid; // prices
        uint256 returned; // refunds and what was reclaimed
        uint256 cancelledTo; // 0: not cancelled
        uint256 liveOffers;
        bool reclaimed;
        address confirmed; // whose delivery is running or was missed and not expired
        uint32 delivered;
    }

    struct Promise {
        bool exists;
        bool withdrawn;
        bool missed;
        uint256 ask;
        uint256 offeredAt;
        uint256 confirmedAt; // 0: not confirmed
        uint256 held;
    }

    struct Slot {
        bytes32 root;
        uint256 time;
        uint256 number;
        uint256 order; // of all commitments
    }

    struct Tail {
        address provider;
        uint256 bond;
        uint256 settledAt;
    }

    Vault public immutable VAULT;
    Market public immutable MARKET;
    MoodyVerifier public immutable MOODY;

    struct Offer {
        uint256 index;
        address provider;
    }

    Known[] internal _known;
    Offer[] public offers;
    Tail[] internal _tails;
    mapping(uint256 task => mapping(address provider => Promise)) internal _promises;
    mapping(uint256 task => mapping(address provider => Slot[4])) internal _slots;
    uint256 internal _commitments;
    Slot internal _none;
    mapping(uint256 task => mapping(uint32 shard => address provider)) public paidFor;
    mapping(uint256 task => mapping(uint32 shard => uint256)) public paidPrice;
    mapping(uint256 task => mapping(uint32 shard => bytes26)) public paidDigest;

    address[] public clients;
    address[] public providers;
    address public immutable OPERATOR; // of the first provider
    address public immutable STAKER; // shares the second provider's earnings
    address public immutable KEEPER;

    mapping(address account => uint256) public balance;
    mapping(address provider => uint256) public assets;
    mapping(address provider => uint256) public held;
    mapping(address provider => uint256) public settled;
    mapping(address provider => uint256) public missed;
    mapping(address provider => uint256) public earned;

    /// @dev The task of the last transition, and what all of them still owe.
    uint256 public touched;
    uint256 public owed;

    constructor(
        Vault vault,
        Market market,
        MoodyVerifier moody,
        address[] memory clients_,
        address[] memory providers_
    ) {
        (VAULT, MARKET, MOODY, clients, providers) = (vault, market, moody, clients_, providers_);
        OPERATOR = address(0xb1);
        STAKER = address(0x57);
        KEEPER = address(0xeee);
    }

    // ------------------------------------------------------------------ reading

    function count() external view returns (uint256) {
        return _known.length;
    }

    function known(uint256 index) external view returns (Known memory) {
        return _known[index];
    }

    function offerCount() external view returns (uint256) {
        return offers.length;
    }

    function confirmedOf(uint256 index) external view returns (address) {
        return _known[index].confirmed;
    }

    function offerOf(uint256 index, address provider) external view returns (Promise memory) {
        return _promises[index][provider];
    }

    function tailCount() external view returns (uint256) {
        return _tails.length;
    }

    function tails(uint256 index) external view returns (Tail memory) {
        return _tails[index];
    }

    function accounts() public view returns (address[] memory all) {
        all = new address[](clients.length + providers.length + 4);
        uint256 next;
        for (uint256 i; i < clients.length; ++i) {
            all[next++] = clients[i];
        }
        for (uint256 i; i < providers.length; ++i) {
            all[next++] = providers[i];
        }
        (all[next], all[next + 1], all[next + 2], all[next + 3]) = (OPERATOR, STAKER, KEEPER, address(0));
    }

    // ------------------------------------------------------------------ the rules

    function works(address caller, address provider) public view returns (bool) {
        return caller == provider || (provider == providers[0] && caller == OPERATOR);
    }

    function isRace(uint256 index) public view returns (bool) {
        return _known[index].task.model == Model.FirstResponse;
    }

    function end(uint256 index) public view returns (uint256) {
        Known storage k = _known[index];
        if (k.cancelledTo != 0) return k.cancelledTo;
        if (isRace(index)) return k.task.deadline;
        return uint256(k.task.deadline) + k.task.review + k.task.delivery;
    }

    function opened(uint256 index) public view returns (bool) {
        Known storage k = _known[index];
        uint256 until = k.cancelledTo == 0 ? k.task.deadline : k.cancelledTo;
        return block.timestamp >= k.task.opensAt && block.timestamp < until;
    }

    function open(uint256 index) public view returns (uint32) {
        return _known[index].shards - _known[index].delivered;
    }

    function mayCancel(uint256 index, address caller) external view returns (bool) {
        Known storage k = _known[index];
        if (caller != k.task.client || k.cancelledTo != 0) return false;
        if (isRace(index)) return block.timestamp + 600 < k.task.deadline;
        return k.liveOffers == 0 && block.timestamp < end(index);
    }

    function mayReclaim(uint256 index) external view returns (bool) {
        return !_known[index].reclaimed && block.timestamp >= end(index);
    }

    function mayCommit(uint256 index, address provider, address caller) external view returns (bool) {
        return isRace(index) && works(caller, provider) && opened(index);
    }

    function mayRespondFirst(uint256 index, address provider, address caller, uint32 shard, bytes32 root)
        external
        view
        returns (bool)
    {
        Known storage k = _known[index];
        return works(caller, provider) && opened(index) && paidFor[index][shard] == address(0) && _accepts(k.task)
            && _mature(index, provider, root) && _hasOwnStake(provider, k.task.minOwnStake);
    }

    function mayOffer(uint256 index, address provider, address caller, uint256 ask) external view returns (bool) {
        Known storage k = _known[index];
        return !isRace(index) && works(caller, provider) && opened(index) && ask <= k.task.maxPrice
            && !_promises[index][provider].exists && open(index) != 0
            && _lockable(provider, fee(index), k.task.minOwnStake);
    }

    function mayWithdraw(uint256 index, address provider, address caller) external view returns (bool) {
        Promise storage p = _promises[index][provider];
        return (works(caller, provider) || over(index)) && p.exists && !p.withdrawn && p.confirmedAt == 0;
    }

    /// @notice Whether nobody can be confirmed any more.
    function over(uint256 index) public view returns (bool) {
        Task storage task = _known[index].task;
        return block.timestamp >= uint256(task.deadline) + task.review || open(index) == 0;
    }

    function mayConfirm(uint256 index, address provider, address caller) external view returns (bool) {
        Known storage k = _known[index];
        Promise storage p = _promises[index][provider];
        if (caller != k.task.client || block.timestamp >= uint256(k.task.deadline) + k.task.review) return false;
        if (open(index) == 0 || k.confirmed != address(0)) return false;
        if (!p.exists || p.withdrawn || p.confirmedAt != 0) return false;
        uint256 wanted = open(index) * uint256(k.task.bond);
        return wanted <= p.held || _lockable(provider, wanted - p.held, k.task.minOwnStake);
    }

    function mayDeliver(uint256 index, address provider, address caller, uint32 shard) external view returns (bool) {
        Known storage k = _known[index];
        Promise storage p = _promises[index][provider];
        return works(caller, provider) && k.confirmed == provider && block.timestamp < p.confirmedAt + k.task.delivery
            && block.timestamp >= p.offeredAt + 24 && paidFor[index][shard] == address(0) && _accepts(k.task);
    }

    function mayExpire(uint256 index, address provider) external view returns (bool) {
        Known storage k = _known[index];
        Promise storage p = _promises[index][provider];
        return k.confirmed == provider && open(index) != 0 && block.timestamp >= p.confirmedAt + k.task.delivery;
    }

    /// @notice What an offer holds.
    function fee(uint256 index) public view returns (uint256) {
        return (uint256(_known[index].task.bond) + 4) / 5 * _known[index].shards;
    }

    function _accepts(Task storage task) internal view returns (bool) {
        return task.verifier == address(0) || MOODY.mood() == MoodyVerifier.Mood.Accept;
    }

    /// @dev What a pool can lock is the vault's to say; that the market obeys it is what is checked here.
    function _lockable(address provider, uint256 amount, uint256 minOwnStake) internal view returns (bool) {
        if (amount == 0 && minOwnStake == 0) return true;
        return VAULT.poolOf(provider).market == address(MARKET) && VAULT.lockableOf(provider) >= amount
            && _hasOwnStake(provider, minOwnStake);
    }

    function _hasOwnStake(address provider, uint256 least) internal view returns (bool) {
        return VAULT.valueOf(provider, VAULT.poolOf(provider).ownFreeShares) >= least;
    }

    function _mature(uint256 index, address provider, bytes32 root) internal view returns (bool) {
        return _opening(index, provider, root).order != 0;
    }

    /// @dev The newest of a root's commitments that are old enough.
    function _opening(uint256 index, address provider, bytes32 root) internal view returns (Slot storage found) {
        Slot[4] storage slots = _slots[index][provider];
        found = _none;
        for (uint256 i; i < 4; ++i) {
            Slot storage slot = slots[i];
            bool opens = block.timestamp >= slot.time + 24 && block.number > slot.number;
            if (slot.root == root && slot.order > found.order && opens) found = slot;
        }
    }

    // ------------------------------------------------------------------ writing

    function noteDeposit(address account, uint256 amount) external {
        balance[account] += amount;
    }

    function noteStake(address provider, address staker, uint256 amount) external {
        balance[staker] -= amount;
        assets[provider] += amount;
    }

    function noteUnstake(address provider, address staker, uint256 amount) external {
        balance[staker] += amount;
        assets[provider] -= amount;
    }

    function notePublish(Task memory task, bytes32 id, uint32 shards, uint256 deposit) external {
        Known storage k = _known.push();
        k.task = task;
        (k.id, k.shards, k.deposit) = (id, shards, deposit);
        touched = _known.length - 1;
        owed += deposit;
    }

    function noteCancel(uint256 index) external {
        touched = index;
        _known[index].cancelledTo = isRace(index) ? block.timestamp + 600 : block.timestamp;
    }

    function noteReclaim(uint256 index) external {
        touched = index;
        Known storage k = _known[index];
        uint256 left = k.deposit - k.paid - k.returned;
        k.reclaimed = true;
        k.returned += left;
        balance[k.task.client] += left;
        owed -= left;
    }

    function noteCommit(uint256 index, address provider, bytes32 root) external {
        touched = index;
        Slot[4] storage slots = _slots[index][provider];
        uint256 chosen;
        for (uint256 i = 1; i < 4; ++i) {
            if (slots[i].order < slots[chosen].order) chosen = i;
        }
        slots[chosen] = Slot(root, block.timestamp, block.number, ++_commitments);
    }

    function noteFirst(uint256 index, address provider, uint32 shard, bytes32 root, bool tree) external {
        touched = index;
        if (!tree) {
            Slot storage slot = _opening(index, provider, root);
            (slot.root, slot.time, slot.number, slot.order) = (0, 0, 0, 0);
        }
        _pay(index, provider, shard, _known[index].task.maxPrice);
    }

    function noteOffer(uint256 index, address provider, uint256 ask) external {
        touched = index;
        ++_known[index].liveOffers;
        offers.push(Offer(index, provider));
        _promises[index][provider] = Promise(true, false, false, ask, block.timestamp, 0, fee(index));
        held[provider] += fee(index);
    }

    function noteWithdraw(uint256 index, address provider) external {
        touched = index;
        Promise storage p = _promises[index][provider];
        held[provider] -= p.held;
        (p.withdrawn, p.held) = (true, 0);
        --_known[index].liveOffers;
    }

    function noteConfirm(uint256 index, address provider) external {
        touched = index;
        Promise storage p = _promises[index][provider];
        uint256 wanted = open(index) * uint256(_known[index].task.bond);
        held[provider] = held[provider] + wanted - p.held;
        (p.held, p.confirmedAt) = (wanted, block.timestamp);
        _known[index].confirmed = provider;
    }

    function noteDeliver(uint256 index, address provider, uint32 shard) external {
        touched = index;
        Known storage k = _known[index];
        Promise storage p = _promises[index][provider];
        held[provider] -= k.task.bond;
        p.held -= k.task.bond;
        ++k.delivered;
        if (k.task.verifier == address(0)) _tails.push(Tail(provider, k.task.bond, block.timestamp));
        _pay(index, provider, shard, p.ask);
    }

    function noteExpire(uint256 index, address provider, address keeper) external {
        touched = index;
        Known storage k = _known[index];
        Promise storage p = _promises[index][provider];
        uint256 penalty = k.task.bond / 5 * open(index);
        held[provider] -= p.held;
        (p.held, p.missed) = (0, true);
        k.confirmed = address(0);
        --k.liveOffers;
        missed[provider] += open(index);
        assets[provider] -= penalty;
        balance[keeper] += penalty / 10;
        balance[address(0)] += penalty - penalty / 10;
    }

    function _pay(uint256 index, address provider, uint32 shard, uint256 price) internal {
        Known storage k = _known[index];
        // The second provider leaves half of its earnings to its pool, and the odd wei.
        uint256 own = provider == providers[1] ? price / 2 : price;
        balance[provider] += own;
        assets[provider] += price - own;
        balance[k.task.client] += k.task.maxPrice - price;
        k.paid += price;
        k.returned += k.task.maxPrice - price;
        owed -= k.task.maxPrice;
        paidFor[index][shard] = provider;
        paidPrice[index][shard] = price;
        bytes32 root = Answers.with(provider, shard, Answers.outputOf(provider, shard, 32)).outputRoot;
        paidDigest[index][shard] = bytes26(keccak256(abi.encode(provider, root, price)));
        ++settled[provider];
        earned[provider] += price;
    }
}
