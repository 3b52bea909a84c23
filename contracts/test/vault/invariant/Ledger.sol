// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../../src/interfaces/IVault.sol";
import { PoolView, Ticket } from "../../../src/types/Pool.sol";
import { VmSafe } from "forge-std/Vm.sol";

/// @notice What the vault's event log says, and nothing else (I11). Written for clarity, not for gas.
contract Ledger {
    struct Book {
        PoolView pool;
        bool commissionKnown;
        mapping(uint256 epoch => uint256) tails;
        mapping(address staker => uint256) freeShares;
        mapping(address staker => Ticket) tickets;
        mapping(address operator => bool) operators;
    }

    uint256 private immutable WINDOW;

    mapping(address account => uint256) public balanceOf;
    mapping(address market => mapping(bytes32 id => uint256)) public escrowOf;
    mapping(address provider => Book) private books;

    constructor(uint256 window) {
        WINDOW = window;
    }

    // ------------------------------------------------------------------ what it says

    function poolOf(address provider) external view returns (PoolView memory pool) {
        Book storage book = books[provider];
        pool = book.pool;
        pool.commissionBps = commissionOf(book);
        if (pool.nextCommissionAt <= block.timestamp) (pool.nextCommissionAt, pool.nextCommissionBps) = (0, 0);
        pool.ownFreeShares = book.freeShares[provider];
        uint256 epoch = block.timestamp / WINDOW;
        pool.tail = book.tails[epoch] + book.tails[epoch - 1];
    }

    function sharesOf(address provider, address staker) external view returns (uint256) {
        return books[provider].freeShares[staker] + books[provider].tickets[staker].shares;
    }

    function ticketOf(address provider, address staker) external view returns (Ticket memory) {
        return books[provider].tickets[staker];
    }

    function isOperator(address provider, address operator) external view returns (bool) {
        return books[provider].operators[operator];
    }

    function commissionOf(Book storage book) private view returns (uint16) {
        if (!book.commissionKnown) return 10_000;
        uint256 nextAt = book.pool.nextCommissionAt;
        return nextAt != 0 && nextAt <= block.timestamp ? book.pool.nextCommissionBps : book.pool.commissionBps;
    }

    // ------------------------------------------------------------------ how it reads

    /// @dev Right after the call that made it: announcements are compared with the block's time.
    function read(VmSafe.Log memory log) external {
        bytes32 kind = log.topics[0];
        address first = address(uint160(uint256(log.topics[1])));
        address second = log.topics.length > 2 ? address(uint160(uint256(log.topics[2]))) : address(0);
        if (kind == IVault.Deposited.selector) {
            balanceOf[second] += abi.decode(log.data, (uint256));
        } else if (kind == IVault.Withdrawn.selector) {
            balanceOf[first] -= abi.decode(log.data, (uint256));
        } else if (kind == IVault.Transferred.selector) {
            transferred(first, second, log.data);
        } else if (kind == IVault.OperatorSet.selector) {
            books[first].operators[second] = abi.decode(log.data, (bool));
        } else if (kind == IVault.Staked.selector) {
            staked(first, second, log.data);
        } else if (kind == IVault.UnstakeRequested.selector) {
            requested(first, second, log.data);
        } else if (kind == IVault.UnstakeCancelled.selector) {
            cancelled(first, second, log.data);
        } else if (kind == IVault.Unstaked.selector) {
            unstaked(first, second, log.data);
        } else if (kind == IVault.CommissionSet.selector) {
            commissionSet(first, log.data);
        } else if (kind == IVault.MarketSet.selector) {
            marketSet(first, second, log.data);
        } else if (kind == IVault.LockLimitSet.selector) {
            books[first].pool.lockLimit = abi.decode(log.data, (uint256));
        } else if (kind == IVault.EscrowOpened.selector) {
            escrowOf[first][log.topics[2]] = abi.decode(log.data, (uint256));
        } else if (kind == IVault.EscrowClosed.selector) {
            escrowClosed(first, log);
        } else if (kind == IVault.Held.selector) {
            books[first].pool.held += abi.decode(log.data, (uint256));
        } else if (kind == IVault.Freed.selector) {
            books[first].pool.held -= abi.decode(log.data, (uint256));
        } else if (kind == IVault.Settled.selector) {
            settled(first, log);
        } else if (kind == IVault.Penalised.selector) {
            penalised(first, second, log.data);
        } else if (kind == IVault.Slashed.selector) {
            slashed(first, second, log);
        } else {
            revert("unknown event");
        }
    }

    function transferred(address from, address to, bytes memory data) private {
        uint256 amount = abi.decode(data, (uint256));
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }

    function staked(address provider, address staker, bytes memory data) private {
        (uint256 amount, uint256 shares) = abi.decode(data, (uint256, uint256));
        balanceOf[staker] -= amount;
        books[provider].pool.assets += amount;
        books[provider].pool.shares += shares;
        books[provider].freeShares[staker] += shares;
    }

    function requested(address provider, address staker, bytes memory data) private {
        (uint256 shares, uint256 readyAt) = abi.decode(data, (uint256, uint256));
        books[provider].freeShares[staker] -= shares;
        books[provider].pool.requestedShares += shares;
        books[provider].tickets[staker] = Ticket(uint128(shares), uint40(readyAt));
    }

    function cancelled(address provider, address staker, bytes memory data) private {
        uint256 shares = abi.decode(data, (uint256));
        books[provider].freeShares[staker] += shares;
        books[provider].pool.requestedShares -= shares;
        delete books[provider].tickets[staker];
    }

    function unstaked(address provider, address staker, bytes memory data) private {
        (uint256 shares, uint256 amount, uint256 readyAt) = abi.decode(data, (uint256, uint256, uint256));
        Book storage book = books[provider];
        book.pool.requestedShares -= shares;
        book.pool.shares -= shares;
        book.pool.assets -= amount;
        book.tickets[staker].shares -= uint128(shares);
        book.tickets[staker].readyAt = uint40(readyAt);
        balanceOf[staker] += amount;
    }

    function commissionSet(address provider, bytes memory data) private {
        (uint16 commissionBps, uint256 from) = abi.decode(data, (uint16, uint256));
        Book storage book = books[provider];
        book.pool.commissionBps = commissionOf(book);
        book.commissionKnown = true;
        bool announced = from > block.timestamp;
        if (!announced) book.pool.commissionBps = commissionBps;
        book.pool.nextCommissionBps = announced ? commissionBps : 0;
        book.pool.nextCommissionAt = announced ? uint40(from) : 0;
    }

    function marketSet(address provider, address market, bytes memory data) private {
        uint256 from = abi.decode(data, (uint256));
        Book storage book = books[provider];
        bool announced = from > block.timestamp;
        if (!announced) book.pool.market = market;
        book.pool.nextMarket = announced ? market : address(0);
        book.pool.nextMarketAt = announced ? uint40(from) : 0;
    }

    function escrowClosed(address market, VmSafe.Log memory log) private {
        uint256 amount = abi.decode(log.data, (uint256));
        escrowOf[market][log.topics[2]] -= amount;
        balanceOf[address(uint160(uint256(log.topics[3])))] += amount;
    }

    function settled(address market, VmSafe.Log memory log) private {
        address provider = address(uint160(uint256(log.topics[3])));
        (uint256 price, uint256 toPool, address client, uint256 refund, uint256 held, uint256 bond) =
            abi.decode(log.data, (uint256, uint256, address, uint256, uint256, uint256));
        escrowOf[market][log.topics[2]] -= price + refund;
        balanceOf[provider] += price - toPool;
        balanceOf[client] += refund;
        books[provider].pool.assets += toPool;
        books[provider].pool.held -= held;
        books[provider].tails[block.timestamp / WINDOW] += bond;
    }

    function penalised(address provider, address keeper, bytes memory data) private {
        (uint256 freed, uint256 penalty, uint256 reward, uint256 burned) =
            abi.decode(data, (uint256, uint256, uint256, uint256));
        books[provider].pool.held -= freed;
        balanceOf[keeper] += reward;
        balanceOf[address(0)] += penalty - reward;
        lose(provider, penalty, burned);
    }

    function slashed(address provider, address client, VmSafe.Log memory log) private {
        (uint256 settledAt, uint256 bond, uint256 price, uint256 reward, uint256 burned) =
            abi.decode(log.data, (uint256, uint256, uint256, uint256, uint256));
        if (settledAt == 0) books[provider].pool.held -= bond;
        else books[provider].tails[settledAt / WINDOW] -= bond;
        balanceOf[client] += price;
        balanceOf[address(uint160(uint256(log.topics[3])))] += reward;
        balanceOf[address(0)] += bond - price - reward;
        lose(provider, bond, burned);
    }

    function lose(address provider, uint256 loss, uint256 burned) private {
        Book storage book = books[provider];
        book.pool.assets -= loss;
        book.pool.shares -= burned;
        book.pool.lockLimit -= loss < book.pool.lockLimit ? loss : book.pool.lockLimit;
        uint256 fromFree = burned < book.freeShares[provider] ? burned : book.freeShares[provider];
        book.freeShares[provider] -= fromFree;
        book.tickets[provider].shares -= uint128(burned - fromFree);
        book.pool.requestedShares -= burned - fromFree;
    }
}
