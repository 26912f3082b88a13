// Plays events of `aitrader bench books` through CppTrader's MarketManager. How to build it: README.md beside it.
// A byte 'r' on standard input is one turn. Of each phase it answers a line: seconds, errors, a sum over all levels.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "trader/matching/market_manager.h"

using namespace CppTrader::Matching;

struct Event
{
    int64_t id, price, quantity;
    int32_t kind, side;
};

static ErrorCode Apply(MarketManager& market, const Event& event)
{
    switch (event.kind)
    {
        case 0:
            return market.AddOrder(Order::Limit(event.id, 1, event.side ? OrderSide::SELL : OrderSide::BUY, event.price, event.quantity));
        case 1:
            return market.DeleteOrder(event.id);
        default:
            return market.ExecuteOrder(event.id, event.quantity);
    }
}

static uint64_t Sum(const OrderBook& book)
{
    uint64_t sum = 0;
    for (auto& level : book.bids())
        sum += level.Price * 1000003 * level.TotalVolume;
    for (auto& level : book.asks())
        sum += level.Price * 1000003 * level.TotalVolume;
    return sum;
}

int main(int argc, char** argv)
{
    FILE* file = argc == 2 ? fopen(argv[1], "rb") : nullptr;
    int64_t count = 0;
    if (!file || fread(&count, sizeof(count), 1, file) != 1)
        return 2;

    std::vector<std::vector<Event>> phases(count);
    for (auto& phase : phases)
    {
        if (fread(&count, sizeof(count), 1, file) != 1)
            return 2;
        phase.resize(count);
        if (fread(phase.data(), sizeof(Event), phase.size(), file) != phase.size())
            return 2;
    }

    // The handler that does nothing: the fastest that the library can be.
    MarketHandler handler;
    MarketManager market(handler);
    Symbol symbol(1, "TEST    ");
    market.AddSymbol(symbol);
    market.AddOrderBook(symbol);
    for (int byte = getchar(); byte != EOF; byte = getchar())
    {
        for (auto& phase : phases)
        {
            long errors = 0;
            auto started = std::chrono::steady_clock::now();
            for (auto& event : phase)
                errors += Apply(market, event) != ErrorCode::OK;
            std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
            printf("%.9f %ld %llu\n", elapsed.count(), errors, (unsigned long long)Sum(*market.GetOrderBook(1)));
        }
        fflush(stdout);
    }
    return 0;
}
