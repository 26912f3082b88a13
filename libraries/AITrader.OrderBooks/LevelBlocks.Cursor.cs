namespace AITrader.OrderBooks;

internal sealed partial class LevelBlocks
{
    /// <summary>Goes through the keys from the highest down.</summary>
    /// <param name="blocks">Where it goes through; not to be changed meanwhile.</param>
    internal struct Cursor(LevelBlocks blocks)
    {
        private int _place = blocks._places - 1;
        private int _index = blocks._blocks[blocks._places - 1].Count;

        internal readonly (long Key, long Size) Current
        {
            get
            {
                var at = blocks._blocks[_place].Start + _index;
                return (blocks._keys[at], blocks._sizes[at]);
            }
        }

        internal bool MoveNext()
        {
            while (--_index < 0)
            {
                if (--_place < 0)
                {
                    return false;
                }

                _index = blocks._blocks[_place].Count;
            }

            return true;
        }

        /// <summary>Goes past as many keys as asked for, whole blocks at a time; there must be more.</summary>
        internal void Skip(int keys)
        {
            while (keys > 0)
            {
                var step = Math.Min(keys, _index);
                _index -= step;
                keys -= step;
                if (_index == 0 && keys > 0)
                {
                    _place--;
                    _index = blocks._blocks[_place].Count;
                }
            }
        }
    }
}
